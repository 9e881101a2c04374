package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The pipe's properties, which no schema of Camel K knows, are options of what it names. */
class PipeTest {
    private static final JsonNode PIPE = YamlFile.of(ProjectFiles.BASE.resolve("k8s/camel-k/pipe/pipe.yaml")).root();

    @Test
    void theSourceHasEveryOptionThatThePipeSets() throws IOException {
        assertTrue(PIPE.at("/spec/source/uri").asText().startsWith("aws2-ddbstream:"));
        var component = new ObjectMapper().readTree(ProjectFiles.read(ProjectFiles.BASE.resolve(
                "src/generated/resources/META-INF/io/distributary/ddbstream/aws2-ddbstream.json")));
        assertEquals(Set.of(), without(names(PIPE.at("/spec/source/properties")), names(component.path("properties"))));
    }

    @Test
    void theSinkHasEveryPropertyThatThePipeSetsAndNeedsNoOther() {
        var kamelet = YamlFile.of(ProjectFiles.BASE.resolve(
                "kamelets/" + PIPE.at("/spec/sink/ref/name").asText() + ".kamelet.yaml")).root().at("/spec/definition");
        var set = names(PIPE.at("/spec/sink/properties"));
        assertEquals(Set.of(), without(set, names(kamelet.path("properties"))));
        var required = new TreeSet<String>();
        kamelet.path("required").forEach(name -> required.add(name.asText()));
        assertEquals(Set.of(), without(required, set));
    }

    @Test
    void thePipeMountsNoRoutesSoThatItRunsItsOwnOnly() {
        var annotations = PIPE.at("/metadata/annotations").toString();
        assertTrue(annotations.contains("distributary-kamelets@/distributary/kamelets"), annotations);
        assertTrue(!annotations.contains("distributary-routes"), annotations);
        assertTrue(annotations.contains("_ROUTES_INCLUDE_PATTERN=file:/etc/camel/sources/*.yaml"), annotations);
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(Set<String> names, Set<String> known) {
        return names.stream().filter(name -> !known.contains(name)).collect(Collectors.toSet());
    }
}
