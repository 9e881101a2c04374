package io.distributary.diagnosis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class CamelPropertiesTest {
    @Test
    void everyGroupOfCamelsOwnMetadataIsKnown() throws IOException {
        var missing = new TreeSet<String>();
        try (InputStream in = Main.class.getResourceAsStream("/META-INF/camel-main-configuration-metadata.json")) {
            new ObjectMapper().readTree(in).path("groups").forEach(group -> missing.add(group.path("name").asText().split("\\.")[1]));
        }
        missing.removeAll(CamelProperties.GROUPS);
        assertEquals(List.of(), List.copyOf(missing));
    }

    @Test
    void namesAreReadAsCamelReadsThem() {
        assertDoesNotThrow(() -> CamelProperties.check(List.of("camel.main.name", "camel.routeController.enabled",
                "camel.route-controller.enabled", "camel.beans[a].b", "camel.component.nats.servers", "orders.table"),
                Path.of("none")));
        assertThrows(ConfigurationProblem.class, () -> CamelProperties.check(List.of("camel.routes.x"), Path.of("none")));
    }
}
