package io.distributary.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distributary.status.Status.Edge;
import io.distributary.status.Status.Next;
import io.distributary.status.Status.Node;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The example that docs/status.md names has exactly the fields of the model, and makes sense. */
class SampleTest {
    private static final Path SAMPLE = Path.of("src/test/resources/status/sample.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    static Status sample() {
        try {
            return StatusJson.read(text());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text() throws IOException {
        return Files.readString(SAMPLE);
    }

    @Test
    void theSampleHasTheFieldsOfTheModelAndNoOthers() throws IOException {
        assertEquals(JSON.readTree(text()), JSON.readTree(StatusJson.write(sample())));
    }

    @Test
    void theIdsInItLeadSomewhere() {
        Status sample = sample();
        Set<String> targets = sample.targets().stream().map(Status.Target::id).collect(Collectors.toSet());
        Set<String> sources = sample.sources().stream().map(Status.Source::id).collect(Collectors.toSet());
        for (Status.Route route : sample.routes()) {
            Set<String> nodes = route.nodes().stream().map(Node::id).collect(Collectors.toSet());
            assertTrue(route.nodes().stream().allMatch(node -> node.target() == null || targets.contains(node.target())), route::toString);
            assertTrue(route.nodes().stream().allMatch(node -> node.source() == null || sources.containsAll(node.source())), route::toString);
            for (Edge edge : route.edges()) {
                assertTrue(nodes.containsAll(List.of(edge.from(), edge.to())), edge::toString);
            }
        }
        sample.targets().forEach(target -> assertEquals(Sampler.POINTS, target.series().delivered().size()));
    }

    @Test
    void whatIsToBeDoneNextIsWhatTheRulesSay() throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            write();
        }
        assertEquals(NextThings.of(sample()).stream().map(Next::toString).toList(), sample().next().stream().map(Next::toString).toList());
    }

    @Test
    void fieldsOfLaterReleasesAreLeftOutAndLaterVersionsRefused() throws IOException {
        ObjectNode later = (ObjectNode) JSON.readTree(text());
        later.put("something_new", 1);
        ((ObjectNode) later.get("instance")).put("something_new", 1);
        assertEquals(sample(), StatusJson.read(later.toString()));
        later.put("status_version", 2);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> StatusJson.read(later.toString())).getMessage().contains("knows 1"));
        assertThrows(IllegalArgumentException.class, () -> StatusJson.read("{}"));
        assertThrows(IllegalArgumentException.class, () -> StatusJson.read("<html>"));
        assertThrows(IllegalArgumentException.class, () -> StatusJson.read("null"));
    }

    private static void write() throws IOException {
        ObjectNode tree = (ObjectNode) JSON.readTree(text());
        Status next = new Status(Status.VERSION, null, null, null, NextThings.of(sample()), null, null, null, null, null);
        tree.set("next", JSON.readTree(StatusJson.write(next)).get("next"));
        Files.writeString(SAMPLE, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n");
    }
}
