package io.distributary.status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.distributary.status.Status.Edge;
import io.distributary.status.Status.Node;
import org.apache.camel.NamedNode;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TransformDataTypeDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;

/** A route's definition as nodes and edges; kamelets are one node each. Used once, by one thread. */
final class RouteDiagram {
    /** Components that lead nowhere outside. */
    private static final Set<String> INSIDE = Set.of("direct", "seda", "log", "bean", "class", "language", "controlbus", "stub",
            "dataformat", "validator", "disruptor", "mock");

    private final Surroundings surroundings;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<String> failing = new ArrayList<>();

    /** What a diagram asks of the running context. */
    interface Surroundings {
        /** With placeholders replaced where they have values. */
        String resolved(String uri);

        /** The required parameters of a kamelet, in their order. */
        List<String> required(String kamelet);

        /** The id of what an endpoint sends to, or null where nothing was sent yet or it is several. */
        String target(String uri);
    }

    /** A node from which the next step goes on. */
    private record Open(String node, String label) {
    }

    RouteDiagram(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * @param sources       ids of the tables that the route reads
     * @param deadLetters   where its dead letter channel sends to, or null
     * @param givenUp       where its source sends what it gives up, or null
     */
    RouteDiagram draw(RouteDefinition route, List<String> sources, String deadLetters, String givenUp) {
        String uri = surroundings.resolved(route.getInput().getEndpointUri());
        String from = add("source", uri.startsWith("kamelet:") ? kamelet(uri) : StepNames.endpoint(uri).replaceFirst("^[^:]*:/*", ""), null,
                uri, null, sources, route.getInput().getLineNumber());
        sequence(route.getOutputs(), List.of(new Open(from, null)));
        Map<String, String> channels = new LinkedHashMap<>();
        if (deadLetters != null) {
            failing.forEach(node -> failure(node, deadLetters, channels));
        }
        if (givenUp != null) {
            failure(from, givenUp, channels);
        }
        return this;
    }

    List<Node> nodes() {
        return nodes;
    }

    List<Edge> edges() {
        return edges;
    }

    private void failure(String from, String uri, Map<String, String> channels) {
        String to = channels.computeIfAbsent(uri, letters -> {
            String resolved = surroundings.resolved(letters);
            return add("dead_letters", resolved.startsWith("kamelet:") ? kamelet(resolved) : StepNames.endpoint(StepNames.sanitized(resolved)),
                    null, resolved, surroundings.target(resolved), null, -1);
        });
        edges.add(new Edge(from, to, "failure", null));
    }

    private List<Open> sequence(List<ProcessorDefinition<?>> steps, List<Open> from) {
        List<Open> open = from;
        for (ProcessorDefinition<?> step : steps) {
            if (!step.isAbstract()) {
                open = step(step, open);
            }
        }
        return open;
    }

    private List<Open> step(ProcessorDefinition<?> step, List<Open> from) {
        if (step instanceof FilterDefinition filter) {
            String node = join(from, condition("filter", filter.getExpression(), filter));
            return Stream.concat(sequence(filter.getOutputs(), List.of(new Open(node, null))).stream(),
                    Stream.of(new Open(node, "no match"))).toList();
        } else if (step instanceof ChoiceDefinition choice) {
            return choice(choice, join(from, add("choice", "choice", null, null, null, null, choice.getLineNumber())));
        } else if (step instanceof MulticastDefinition multicast) {
            String node = join(from, add("multicast", "multicast", null, null, null, null, multicast.getLineNumber()));
            multicast.getOutputs().forEach(branch -> sequence(List.of(branch), List.of(new Open(node, null))));
            return List.of(new Open(node, null));
        } else if (step instanceof StopDefinition) {
            return List.of();
        }
        return simple(step, from);
    }

    private List<Open> choice(ChoiceDefinition choice, String node) {
        List<Open> open = new ArrayList<>();
        for (WhenDefinition when : choice.getWhenClauses()) {
            String branch = join(List.of(new Open(node, null)), condition("when", when.getExpression(), when));
            open.addAll(sequence(when.getOutputs(), List.of(new Open(branch, null))));
        }
        if (choice.getOtherwise() == null) {
            open.add(new Open(node, "otherwise"));
        } else {
            String branch = join(List.of(new Open(node, null)),
                    add("otherwise", "otherwise", null, null, null, null, choice.getOtherwise().getLineNumber()));
            open.addAll(sequence(choice.getOtherwise().getOutputs(), List.of(new Open(branch, null))));
        }
        return open;
    }

    private List<Open> simple(ProcessorDefinition<?> step, List<Open> from) {
        String uri = uri(step);
        String node = uri == null ? add("step", StepNames.step(step.getShortName(), name(step)), null, null, null, null, step.getLineNumber())
                : sending(surroundings.resolved(uri), step.getLineNumber());
        join(from, node);
        return step.getOutputs().isEmpty() ? List.of(new Open(node, null)) : sequence(step.getOutputs(), List.of(new Open(node, null)));
    }

    private String sending(String uri, int line) {
        String label = StepNames.endpoint(StepNames.sanitized(uri));
        String kind = INSIDE.contains(uri.replaceFirst(":.*", "")) ? "step" : "target";
        if (uri.startsWith("kamelet:")) {
            String kamelet = StepNames.kameletName(uri);
            label = kamelet(uri);
            kind = StepNames.isSink(kamelet) ? "target" : StepNames.isFilter(kamelet) ? "filter" : "step";
        }
        String node = add(kind, label, null, uri, kind.equals("target") ? surroundings.target(uri) : null, null, line);
        if (kind.equals("target")) {
            failing.add(node);
        }
        return node;
    }

    private String kamelet(String uri) {
        return StepNames.kamelet(StepNames.sanitized(uri), surroundings.required(StepNames.kameletName(uri)));
    }

    private static String uri(ProcessorDefinition<?> step) {
        if (step instanceof SendDefinition<?> send) {
            return send.getEndpointUri();
        } else if (step instanceof ToDynamicDefinition send) {
            return send.getUri();
        }
        return step instanceof KameletDefinition kamelet ? "kamelet:" + kamelet.getName() : null;
    }

    private static String name(NamedNode step) {
        if (step instanceof SetHeaderDefinition set) {
            return set.getName();
        } else if (step instanceof SetPropertyDefinition set) {
            return set.getName();
        } else if (step instanceof TransformDataTypeDefinition transform) {
            return transform.getToType();
        } else if (step instanceof ProcessDefinition process) {
            return process.getRef();
        }
        return step instanceof BeanDefinition bean ? bean.getRef() == null ? bean.getBeanType() : bean.getRef() : null;
    }

    private String condition(String kind, ExpressionDefinition expression, NamedNode step) {
        String words = expression == null ? kind : expression.getExpression() == null || expression.getExpression().isBlank()
                ? expression.toString() : expression.getExpression();
        return add(kind, StepNames.cut(words), words.strip(), null, null, null, step.getLineNumber());
    }

    private String add(String kind, String label, String detail, String uri, String target, List<String> source, int line) {
        String id = "n" + (nodes.size() + 1);
        nodes.add(new Node(id, kind, label, detail, uri == null ? null : StepNames.sanitized(uri), target, source, line > 0 ? line : null));
        return id;
    }

    private String join(List<Open> from, String to) {
        from.forEach(open -> edges.add(new Edge(open.node(), to, "flow", open.label())));
        return to;
    }
}
