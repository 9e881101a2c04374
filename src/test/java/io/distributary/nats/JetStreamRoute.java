package io.distributary.nats;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;

import io.distributary.event.ChangeEventHeaders;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A route that publishes to JetStream, in a context of its own. */
abstract class JetStreamRoute {
    final DefaultCamelContext context = new DefaultCamelContext();

    @TempDir
    Path folder;

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    void start(String url, String target, String... properties) throws Exception {
        context.getPropertiesComponent().addInitialProperty("nats.url", url);
        for (int i = 0; i < properties.length; i += 2) {
            context.getPropertiesComponent().addInitialProperty(properties[i], properties[i + 1]);
        }
        context.getComponent("kamelet", KameletComponent.class).setLocation("file:kamelets");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").routeId("send").errorHandler(noErrorHandler()).to(target);
            }
        });
        context.start();
    }

    void send(String body, String eventId, String table) {
        context.createProducerTemplate().sendBodyAndHeaders("direct:send", ExchangePattern.InOnly, body, Map.of(
                ChangeEventHeaders.EVENT_ID, eventId, ChangeEventHeaders.TABLE_NAME, table, "trace", "abc"));
    }

    String failure(String eventId, String table) {
        return assertThrows(CamelExecutionException.class, () -> send("{}", eventId, table)).getCause().getMessage();
    }

    static Throwable root(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && !(deepest instanceof IllegalArgumentException)) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
