package io.distributary.status.text;

import java.util.ArrayList;
import java.util.List;

import io.distributary.status.Progress;
import io.distributary.status.Words;
import io.distributary.status.text.Columns.Cell;
import io.distributary.status.text.Terminal.Colour;

/** A {@link Progress} as lines for a terminal. */
public final class ProgressText {
    private static final String INDENT = "  ";

    private ProgressText() {
    }

    /** Without line ends. */
    public static List<String> of(Progress progress, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add("Checkpoints in the " + Terminal.safe(progress.store()) + (progress.tables().isEmpty() ? ": none" : ""));
        for (Progress.Table table : progress.tables()) {
            lines.add("");
            lines.add(terminal.paint(Colour.BOLD, Terminal.safe(table.application())) + ", table " + Terminal.safe(table.table()));
            lines.addAll(new Columns(terminal, INDENT).row(Cell.of(owner(table.owner()), colour(table.owner()))).lines());
            Columns rows = new Columns(terminal, INDENT);
            table.shards().forEach(shard -> rows.row(Cell.of(shard.id()), Cell.of(shard.checkpoint()),
                    Cell.of(shard.ageMs() == null ? "" : "saved " + Words.duration(shard.ageMs()) + " ago"), Cell.of(lag(shard))));
            lines.addAll(rows.lines());
            if (table.ended() > 0) {
                lines.add(INDENT + Words.count(table.ended(), "shard") + " at SHARD_END");
            }
        }
        progress.problems().forEach(problem -> lines.add(terminal.paint(Colour.RED, Terminal.safe(problem))));
        return lines;
    }

    private static String owner(Progress.Owner owner) {
        return switch (owner.state()) {
            case "HELD" -> "held by " + owner.name() + (owner.until() == null ? "" : ", until " + owner.until());
            case "LAPSED" -> owner.until() == null ? "was held by " + owner.name() + ", which does not run on this machine"
                    : "was held by " + owner.name() + ", until " + owner.until();
            default -> "held by nobody";
        };
    }

    private static Colour colour(Progress.Owner owner) {
        return owner.state().equals("HELD") ? Colour.GREEN : Colour.YELLOW;
    }

    private static String lag(Progress.Shard shard) {
        if (shard.lagProblem() != null) {
            return "lag not known: " + shard.lagProblem();
        }
        return shard.lag() == null ? "" : "lag " + shard.lag();
    }
}
