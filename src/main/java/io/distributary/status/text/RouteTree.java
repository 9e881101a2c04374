package io.distributary.status.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.distributary.status.Status;
import io.distributary.status.text.Columns.Cell;
import io.distributary.status.text.Terminal.Colour;

/** A route's diagram as indented lines: what follows one step stands below it, what it branches to is indented. */
final class RouteTree {
    private final Status.Route route;
    private final Map<String, Status.Target> targets = new HashMap<>();
    private final Terminal terminal;
    private final List<String> lines = new ArrayList<>();
    private final Set<String> drawn = new HashSet<>();

    private RouteTree(Status.Route route, List<Status.Target> targets, Terminal terminal) {
        this.route = route;
        targets.forEach(target -> this.targets.put(target.id(), target));
        this.terminal = terminal;
    }

    static List<String> of(Status.Route route, List<Status.Target> targets, Terminal terminal, String indent) {
        RouteTree tree = new RouteTree(route, targets, terminal);
        route.nodes().stream().filter(node -> node.kind().equals("source")).forEach(node -> tree.draw(node, indent));
        route.nodes().stream().filter(node -> node.kind().equals("dead_letters")).forEach(node -> tree.line(node, indent, "on failure "));
        return tree.lines;
    }

    private void draw(Status.Node node, String indent) {
        if (!drawn.add(node.id())) {
            return;
        }
        line(node, indent, "");
        List<Status.Node> next = route.edges().stream().filter(edge -> edge.from().equals(node.id()) && edge.kind().equals("flow"))
                .flatMap(edge -> route.nodes().stream().filter(to -> to.id().equals(edge.to()))).toList();
        String below = next.size() > 1 ? indent + "  " : indent;
        next.forEach(to -> draw(to, below));
    }

    private void line(Status.Node node, String indent, String before) {
        Status.Target target = node.target() == null ? null : targets.get(node.target());
        boolean down = target != null && target.state().equals("DOWN");
        String kind = switch (node.kind()) {
            case "source" -> "from ";
            case "target", "dead_letters" -> terminal.arrow() + " ";
            case "filter", "when" -> node.kind() + " ";
            default -> "";
        };
        lines.addAll(new Columns(terminal, indent).row(Cell.of(before + kind + node.label() + (down ? " (down)" : ""),
                down ? Colour.RED : Colour.NONE)).lines());
    }
}
