package io.distributary.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelContextTracker;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class RouteFilesTest {
    /** At SIGTERM Camel Main lets the JVM end as soon as any context has: the routes would not drain. */
    @Test
    void itsContextDoesNotEndAsAnApplicationDoes() throws Exception {
        List<CamelContext> ended = new ArrayList<>();
        try (DefaultCamelContext running = new DefaultCamelContext(); CamelContextTracker tracker = new CamelContextTracker() {
            @Override
            public void contextDestroyed(CamelContext context) {
                ended.add(context);
            }
        }) {
            tracker.open();
            try (RouteFiles files = new RouteFiles(running)) {
                files.check("a.camel.yaml", "- route: {from: {uri: direct:a, steps: [{log: {message: a}}]}}", Set.of());
            }
            assertEquals(List.of(), ended);
        }
    }
}
