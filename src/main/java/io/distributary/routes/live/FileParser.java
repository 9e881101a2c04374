package io.distributary.routes.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.distributary.routes.RouteFiles;
import io.distributary.routes.live.Definition.Key;
import io.distributary.routes.live.Definition.Kind;
import io.distributary.routes.live.Definition.Targets;
import org.apache.camel.util.StringHelper;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Finds the definitions in a file's text. It judges nothing: what is no good Camel refuses. */
final class FileParser {
    private static final Map<String, Kind> KINDS = Map.of("beans", Kind.BEANS, "routeTemplate", Kind.ROUTE_TEMPLATE,
            "routeConfiguration", Kind.ROUTE_CONFIGURATION, "route", Kind.ROUTE, "from", Kind.ROUTE,
            "templatedRoute", Kind.TEMPLATED_ROUTE, "rest", Kind.REST, "restConfiguration", Kind.REST);
    /** Their processors keep their endpoints to themselves, or look them up when a message passes. */
    private static final Set<String> HIDING = Set.of("kamelet", "enrich", "pollEnrich", "poll", "toD", "wireTap",
            "recipientList", "routingSlip", "dynamicRouter");
    private static final Set<String> COMPUTING = Set.of("recipientList", "routingSlip", "dynamicRouter", "enrich", "pollEnrich");
    private static final Set<String> COMPUTING_URI = Set.of("toD", "wireTap", "poll");
    /** A computed URI whose scheme, and for a kamelet whose name, is written out. */
    private static final Pattern KNOWN = Pattern.compile("(?!kamelet:)[a-z][a-z0-9+.-]*:.*|kamelet:/*[\\w.-]+([?/].*)?");

    private FileParser() {
    }

    /** @throws org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException where the text is no YAML */
    static SourceFile parse(String file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel("file:" + file).build();
        Optional<Node> root = new Composer(settings, new ParserImpl(settings, new StreamReader(settings, text))).getSingleNode();
        if (root.isEmpty()) {
            return new SourceFile(file, text, List.of(), Set.of());
        }
        if (!(root.get() instanceof SequenceNode sequence)) {
            return new SourceFile(file, text, List.of(whole(file, root.get())), Set.of());
        }
        return items(file, text, sequence.getValue());
    }

    private static Definition whole(String file, Node root) {
        Node name = field(field(root, "metadata"), "name");
        return definition(file, RouteFiles.isKamelet(file) ? Kind.KAMELET : Kind.ROUTE, -1, root, root, name, "");
    }

    private static SourceFile items(String file, String text, List<Node> items) {
        Set<Integer> scope = new LinkedHashSet<>();
        StringBuilder scoped = new StringBuilder();
        for (int place = 0; place < items.size(); place++) {
            if (kind(items.get(place)).isEmpty()) {
                scope.add(place);
                scoped.append(body(items.get(place)));
            }
        }
        List<Definition> definitions = new ArrayList<>();
        for (int place = 0; place < items.size(); place++) {
            Node item = items.get(place);
            Optional<Kind> kind = kind(item);
            if (kind.isPresent()) {
                Node content = ((MappingNode) item).getValue().get(0).getValueNode();
                Definition found = definition(file, kind.get(), place, item, content, id(kind.get(), item, content),
                        kind.get().isRoute() ? scoped.toString() : "");
                definitions.add(unlike(definitions, found));
            }
        }
        return new SourceFile(file, text, definitions, scope);
    }

    /** Two of the same without an id are still two. */
    private static Definition unlike(List<Definition> before, Definition found) {
        boolean nameless = found.names().isEmpty();
        long same = !nameless ? 0 : before.stream().filter(other -> other.body().equals(found.body())).count();
        return same == 0 ? found : new Definition(new Key(found.file(), found.kind(), found.name() + "#" + same), found.place(),
                found.line(), found.column(), found.body(), found.names(), found.configurations(), found.targets());
    }

    private static Definition definition(String file, Kind kind, int place, Node item, Node content, Node id, String scope) {
        String body = body(item) + scope;
        Set<String> names = new LinkedHashSet<>();
        if (kind == Kind.BEANS && content instanceof SequenceNode beans) {
            beans.getValue().forEach(bean -> scalar(field(bean, "name")).ifPresent(names::add));
        } else {
            scalar(id).ifPresent(names::add);
        }
        Set<String> configurations = new HashSet<>();
        Walk walk = new Walk(configurations);
        walk.into(item);
        var mark = (id == null ? item : id).getStartMark();
        return new Definition(new Key(file, kind, names.isEmpty() ? "?" + body : String.join(",", names)), place,
                mark.map(start -> start.getLine() + 1).orElse(1), mark.map(start -> start.getColumn() + 1).orElse(1), body,
                Set.copyOf(names), Set.copyOf(configurations), walk.targets);
    }

    private static Node id(Kind kind, Node item, Node content) {
        return kind == Kind.BEANS || "from".equals(firstKey(item)) ? null
                : kind == Kind.TEMPLATED_ROUTE ? field(content, "routeId") : field(content, "id");
    }

    private static Optional<Kind> kind(Node item) {
        return Optional.ofNullable(firstKey(item)).map(KINDS::get);
    }

    private static String firstKey(Node item) {
        return item instanceof MappingNode mapping && !mapping.getValue().isEmpty() ? key(mapping.getValue().get(0)) : null;
    }

    /** Camel takes every name in kebab case too. */
    private static String key(NodeTuple tuple) {
        return scalar(tuple.getKeyNode()).map(StringHelper::dashToCamelCase).orElse("");
    }

    private static Node field(Node node, String name) {
        return !(node instanceof MappingNode mapping) ? null : mapping.getValue().stream()
                .filter(tuple -> key(tuple).equals(name)).map(NodeTuple::getValueNode).findFirst().orElse(null);
    }

    private static Optional<String> scalar(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    private static String body(Node node) {
        StringBuilder body = new StringBuilder();
        write(node, body);
        return body.toString();
    }

    private static void write(Node node, StringBuilder into) {
        if (node instanceof MappingNode mapping) {
            into.append("{\n");
            mapping.getValue().forEach(tuple -> {
                write(tuple.getKeyNode(), into);
                write(tuple.getValueNode(), into);
            });
            into.append("}\n");
        } else if (node instanceof SequenceNode sequence) {
            into.append("[\n");
            sequence.getValue().forEach(item -> write(item, into));
            into.append("]\n");
        } else if (node instanceof ScalarNode scalar) {
            into.append(scalar.getValue()).append('\n');
        }
    }

    /** Collects what lies deeper than the first level. */
    private static final class Walk {
        private final Set<String> configurations;
        private Targets targets = Targets.FIXED;

        Walk(Set<String> configurations) {
            this.configurations = configurations;
        }

        void into(Node node) {
            if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(this::into);
            } else if (node instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    look(key(tuple), tuple.getValueNode());
                    into(tuple.getValueNode());
                }
            }
        }

        private void look(String key, Node value) {
            if (key.equals("routeConfigurationId")) {
                scalar(value).ifPresent(ids -> configurations.addAll(List.of(ids.split("\\s*,\\s*"))));
            }
            if (COMPUTING.contains(key) || COMPUTING_URI.contains(key) && !known(value)) {
                targets = Targets.UNKNOWN;
            } else if (HIDING.contains(key) && targets == Targets.FIXED) {
                targets = Targets.HIDDEN;
            }
        }

        private static boolean known(Node value) {
            return scalar(value).or(() -> scalar(field(value, "uri"))).map(uri -> KNOWN.matcher(uri).matches()).orElse(false);
        }
    }
}
