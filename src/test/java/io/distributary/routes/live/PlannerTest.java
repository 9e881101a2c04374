package io.distributary.routes.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change of files means for what runs. */
class PlannerTest {
    private static final String A = "a.camel.yaml";
    private static final String B = "b.camel.yaml";
    private static final String SINK = "paint-sink.kamelet.yaml";
    private static final UnaryOperator<String> PROPERTIES =
            text -> text.replace("{{letters}}", "kamelet:paint-sink?color=red").replace("{{handling}}", "careful");

    /**
     * @param before  files in force
     * @param after   files on disk; one whose text is "?" is no good
     * @param removed names of what is removed or made anew, in this order
     * @param added   names of what is added or made anew, in this order
     * @param refused files, each with a part of its reason
     */
    record Case(String name, Map<String, String> before, Map<String, String> after, List<String> removed, List<String> added,
            Map<String, String> refused) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        String one = route("one", "log:x");
        String two = route("two", "log:x");
        String user = route("one", "kamelet:paint-sink?color=blue");
        return List.of(
                new Case("nothing", Map.of(A, one), Map.of(A, one), List.of(), List.of(), Map.of()),
                new Case("a comment", Map.of(A, one), Map.of(A, "# why\n" + one + "# end\n"), List.of(), List.of(), Map.of()),
                new Case("layout", Map.of(A, one), Map.of(A, one.replace("{uri: \"log:x\"}", "{ uri: 'log:x' }")), List.of(),
                        List.of(), Map.of()),
                new Case("a new file", Map.of(A, one), Map.of(A, one, B, two), List.of(), List.of("two"), Map.of()),
                new Case("a deleted file", Map.of(A, one, B, two), Map.of(A, one), List.of("two"), List.of(), Map.of()),
                new Case("a renamed file", Map.of(A, one), Map.of(B, one), List.of("one"), List.of("one"), Map.of()),
                new Case("one route of two", Map.of(A, one + two), Map.of(A, one + route("two", "log:y")), List.of("two"),
                        List.of("two"), Map.of()),
                new Case("their order", Map.of(A, one + two), Map.of(A, two + one), List.of(), List.of(), Map.of()),
                new Case("another id", Map.of(A, one), Map.of(A, two), List.of("one"), List.of("two"), Map.of()),
                new Case("a route moves", Map.of(A, one + two, B, route("three", "log:x")),
                        Map.of(A, one, B, route("three", "log:x") + two), List.of("two"), List.of("two"), Map.of()),
                new Case("a broken file", Map.of(A, one, B, two), Map.of(A, "?", B, route("two", "log:y")), List.of("two"),
                        List.of("two"), Map.of(A, "no good")),
                new Case("a new broken file", Map.of(A, one), Map.of(A, one, B, "?"), List.of(), List.of(), Map.of(B, "no good")),
                new Case("what holds for a whole file", Map.of(A, "- onException: {exception: [java.io.IOException]}\n" + one + two),
                        Map.of(A, "- onException: {exception: [java.lang.Exception]}\n" + one + two), List.of("one", "two"),
                        List.of("one", "two"), Map.of()),

                new Case("the same id in a new file", Map.of(A, one), Map.of(A, one, B, one), List.of(), List.of(),
                        Map.of(B, "b.camel.yaml:2:9: route one is also in a.camel.yaml:2:9: give each its own id")),
                new Case("the same id in two new files", Map.of(), Map.of(A, one, B, one), List.of(), List.of(),
                        Map.of(A, "is also in b.camel.yaml:2:9", B, "is also in a.camel.yaml:2:9")),
                new Case("the same id in a changed and an edited file", Map.of(A, one, B, two),
                        Map.of(A, route("one", "log:y"), B, two + one), List.of("one"), List.of("one"), Map.of(B, "is also in a.")),
                new Case("the same id twice in a file", Map.of(A, one), Map.of(A, one + two + two), List.of(), List.of(),
                        Map.of(A, "route two is also in a.camel.yaml:")),
                new Case("two that swap ids", Map.of(A, one, B, two), Map.of(A, two, B, one), List.of("one", "two"),
                        List.of("two", "one"), Map.of()),
                new Case("the id of a route whose own file stays as it was", Map.of(A, one), Map.of(A, "?", B, one), List.of(),
                        List.of(), Map.of(A, "no good", B, "is also in a.camel.yaml")),
                new Case("the id of a Java route", Map.of(A, one), Map.of(A, one, B, route("java", "log:x")), List.of(), List.of(),
                        Map.of(B, "route java is also one that no route file defines")),

                new Case("a kamelet and who uses it", Map.of(SINK, kamelet("log:x"), A, user, B, two),
                        Map.of(SINK, kamelet("log:y"), A, user, B, two), List.of("one", "paint-sink"), List.of("paint-sink", "one"),
                        Map.of()),
                new Case("a kamelet that is named by a property", Map.of(SINK, kamelet("log:x"), A, route("one", "{{letters}}"), B, two),
                        Map.of(SINK, kamelet("log:y"), A, route("one", "{{letters}}"), B, two), List.of("one", "paint-sink"),
                        List.of("paint-sink", "one"), Map.of()),
                new Case("a kamelet in the dead letter channel of a configuration",
                        Map.of(SINK, kamelet("log:x"), A, handling("careful", "{{letters}}"), B, handled("two", "careful")),
                        Map.of(SINK, kamelet("log:y"), A, handling("careful", "{{letters}}"), B, handled("two", "careful")),
                        List.of("two", "careful", "paint-sink"), List.of("paint-sink", "careful", "two"), Map.of()),
                new Case("a kamelet within a kamelet", Map.of(SINK, kamelet("log:x"), "deep-sink.kamelet.yaml",
                        kamelet("deep-sink", "kamelet:paint-sink?color=red"), A, route("one", "kamelet:deep-sink"), B, two),
                        Map.of(SINK, kamelet("log:y"), "deep-sink.kamelet.yaml", kamelet("deep-sink", "kamelet:paint-sink?color=red"),
                                A, route("one", "kamelet:deep-sink"), B, two),
                        List.of("one", "deep-sink", "paint-sink"), List.of("deep-sink", "paint-sink", "one"), Map.of()),
                new Case("a kamelet that a message may name", Map.of(SINK, kamelet("log:x"), A, dynamic("${header.to}"), B, two),
                        Map.of(SINK, kamelet("log:y"), A, dynamic("${header.to}"), B, two), List.of("one", "paint-sink"),
                        List.of("paint-sink", "one"), Map.of()),
                new Case("a message that names something else", Map.of(SINK, kamelet("log:x"), A, dynamic("seda:${header.to}")),
                        Map.of(SINK, kamelet("log:y"), A, dynamic("seda:${header.to}")), List.of("paint-sink"),
                        List.of("paint-sink"), Map.of()),
                new Case("a kamelet with a longer name", Map.of(SINK, kamelet("log:x"), A, route("one", "kamelet:paint-sink-fast")),
                        Map.of(SINK, kamelet("log:y"), A, route("one", "kamelet:paint-sink-fast")), List.of("paint-sink"),
                        List.of("paint-sink"), Map.of()),
                new Case("a broken kamelet", Map.of(SINK, kamelet("log:x"), A, user), Map.of(SINK, "?", A, user), List.of(), List.of(),
                        Map.of(SINK, "no good")),
                new Case("a kamelet is gone that nobody uses", Map.of(SINK, kamelet("log:x"), A, one), Map.of(A, one),
                        List.of("paint-sink"), List.of(), Map.of()),
                new Case("a kamelet is gone that a route uses", Map.of(SINK, kamelet("log:x"), A, user), Map.of(A, user), List.of(),
                        List.of(), Map.of(SINK, "kamelet paint-sink is gone, but route one in a.camel.yaml uses it")),
                new Case("a kamelet is gone with its user", Map.of(SINK, kamelet("log:x"), A, user), Map.of(A, one),
                        List.of("one", "paint-sink"), List.of("one"), Map.of()),

                new Case("a configuration and who asks for it",
                        Map.of(A, handling("careful", "log:x"), B, handled("one", "careful") + handled("three", "other*") + two),
                        Map.of(A, handling("careful", "log:y"), B, handled("one", "careful") + handled("three", "other*") + two),
                        List.of("one", "careful"), List.of("careful", "one"), Map.of()),
                new Case("a configuration that a pattern and a property ask for",
                        Map.of(A, handling("careful", "log:x"), B, handled("one", "care*") + handled("two", "x, {{handling}}")),
                        Map.of(A, handling("careful", "log:y"), B, handled("one", "care*") + handled("two", "x, {{handling}}")),
                        List.of("one", "two", "careful"), List.of("careful", "one", "two"), Map.of()),
                new Case("a configuration for all who ask for none", Map.of(A, handling(null, "log:x"), B, handled("one", "other") + two),
                        Map.of(A, handling(null, "log:y"), B, handled("one", "other") + two), List.of("two", "?"),
                        List.of("?", "two"), Map.of()),
                new Case("a configuration is gone that a route asks for", Map.of(A, handling("careful", "log:x"), B, handled("one", "careful")),
                        Map.of(B, handled("one", "careful")), List.of(), List.of(),
                        Map.of(A, "route configuration careful is gone, but route one in b.camel.yaml uses it")),
                new Case("a configuration moves", Map.of(A, handling("careful", "log:x"), B, handled("one", "careful")),
                        Map.of(B, handled("one", "careful") + handling("careful", "log:x")), List.of("one", "careful"),
                        List.of("careful", "one"), Map.of()),

                new Case("a bean and who names it", Map.of(A, bean("brush", "1"), B, route("one", "bean:brush") + two),
                        Map.of(A, bean("brush", "2"), B, route("one", "bean:brush") + two), List.of("one", "brush"),
                        List.of("brush", "one"), Map.of()),
                new Case("a template and its route",
                        Map.of(A, template("log:x"), B, "- templatedRoute: {routeTemplateRef: stencil, routeId: one}\n" + two),
                        Map.of(A, template("log:y"), B, "- templatedRoute: {routeTemplateRef: stencil, routeId: one}\n" + two),
                        List.of("one", "stencil"), List.of("stencil", "one"), Map.of()),
                new Case("a templated route without an id", Map.of(A, template("log:x")),
                        Map.of(A, template("log:x"), B, "- templatedRoute: {routeTemplateRef: stencil}\n"), List.of(), List.of(),
                        Map.of(B, "give it a routeId")),
                new Case("a rest service", Map.of(A, one), Map.of(A, one, B, "- rest: {get: [{path: x, to: {uri: direct:x}}]}\n"),
                        List.of(), List.of(), Map.of(B, "at a restart only")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aChangeMeansJustThis(Case example) {
        Plan plan = plan(example.before(), example.after());
        assertEquals(example.removed(), names(plan.remove()), "removed");
        assertEquals(example.added(), names(plan.add()), "added");
        assertEquals(example.refused().keySet(), plan.refused().keySet(), plan.refused().toString());
        example.refused().forEach((file, reason) -> assertTrue(plan.refused().get(file).contains(reason), plan.refused()::toString));
        Map<String, String> inForce = new TreeMap<>(example.before());
        inForce.keySet().removeIf(file -> !example.refused().containsKey(file));
        example.after().forEach((file, text) -> {
            if (!example.refused().containsKey(file)) {
                inForce.put(file, text);
            }
        });
        Map<String, String> target = new TreeMap<>();
        plan.target().forEach((file, source) -> target.put(file, source.text()));
        assertEquals(inForce, target, "in force afterwards");
    }

    @Test
    void theCausesOfARouteThatIsMadeAnewAreTheFilesThatChanged() {
        Map<String, String> before = Map.of(SINK, kamelet("log:x"), A, handling("careful", "{{letters}}"), B, handled("two", "careful"));
        Map<String, String> after = Map.of(SINK, kamelet("log:y"), A, handling("careful", "{{letters}}"), B, handled("two", "careful"));
        Plan plan = plan(before, after);
        assertEquals(Set.of(SINK), plan.causes().get(plan.add().get(2).key()));
    }

    @Test
    void twoRoutesWithoutAnIdThatAreTheSameAreTwo() {
        String nameless = "- from: {uri: timer:x, steps: [{to: log:x}]}\n";
        assertEquals(1, plan(Map.of(A, nameless), Map.of(A, nameless + nameless)).add().size());
        assertEquals(1, plan(Map.of(A, nameless + nameless), Map.of(A, nameless)).remove().size());
    }

    private static Plan plan(Map<String, String> before, Map<String, String> after) {
        Map<String, SourceFile> inForce = new TreeMap<>();
        before.forEach((file, text) -> inForce.put(file, FileParser.parse(file, text)));
        Map<String, Candidate> disk = new TreeMap<>();
        after.forEach((file, text) -> disk.put(file,
                text.equals("?") ? Candidate.refused("no good") : Candidate.good(FileParser.parse(file, text))));
        return new Planner(Set.of("java"), PROPERTIES).plan(inForce, disk);
    }

    private static List<String> names(List<Definition> definitions) {
        return definitions.stream().map(definition -> definition.names().stream().findFirst().orElse("?")).toList();
    }

    private static String route(String id, String to) {
        return "- route:\n    id: " + id + "\n    from: {uri: \"timer:" + id + "\", steps: [{to: {uri: \"" + to + "\"}}]}\n";
    }

    private static String dynamic(String to) {
        return route("one", "log:x").replace("[{to: {uri: \"log:x\"}}]", "[{toD: {uri: \"" + to + "\"}}]");
    }

    private static String handled(String id, String configuration) {
        return route(id, "log:x") + "    routeConfigurationId: \"" + configuration + "\"\n";
    }

    private static String handling(String id, String deadLetters) {
        return "- routeConfiguration:\n" + (id == null ? "" : "    id: " + id + "\n")
                + "    errorHandler: {deadLetterChannel: {deadLetterUri: \"" + deadLetters + "\"}}\n";
    }

    private static String bean(String name, String size) {
        return "- beans: [{name: " + name + ", type: java.lang.StringBuilder, constructors: {0: " + size + "}}]\n";
    }

    private static String template(String to) {
        return "- routeTemplate:\n    id: stencil\n    from: {uri: timer:x, steps: [{to: {uri: \"" + to + "\"}}]}\n";
    }

    private static String kamelet(String to) {
        return kamelet("paint-sink", to);
    }

    private static String kamelet(String name, String to) {
        return "kind: Kamelet\nmetadata: {name: " + name + "}\nspec: {template: {from: {uri: kamelet:source, steps: [{to: \""
                + to + "\"}]}}}\n";
    }
}
