package io.distributary.status;

import java.util.List;

import io.distributary.deadletter.DeadLetter;
import io.distributary.deadletter.FailureTracker;
import io.distributary.deadletter.RecentDeadLetters;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is told of a context without tables, and without meters. */
class StatusCollectorTest {
    private final ModelCamelContext context = new DefaultCamelContext();
    private final StatusCollector collector = new StatusCollector(context, "1.2", new Sampler());

    @BeforeEach
    void start() throws Exception {
        context.addService(new RecentDeadLetters(5));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:letters").deadLetterHandleNewException(false).onExceptionOccurred(new FailureTracker()));
                from("direct:in").routeId("in").to("direct:refusing");
                from("direct:refusing").routeId("refusing").errorHandler(noErrorHandler())
                        .process(exchange -> {
                            throw new IllegalStateException("cannot parse 'secret value'");
                        });
                from("direct:letters").routeId("letters").errorHandler(noErrorHandler()).process(new DeadLetter());
            }
        });
        context.start();
        context.createProducerTemplate().send("direct:in", exchange -> exchange.getMessage().setBody("secret value"));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void theDataOfItemsIsLeftOutWhereItIsNotToBeShown() {
        Status.Letter shown = collector.collect(true).deadLetters().letters().get(0);
        assertEquals("secret value", shown.letter().get("body").asText());
        assertEquals("java.lang.IllegalStateException: cannot parse 'secret value'", shown.reason());

        Status hidden = collector.collect(false);
        assertFalse(StatusJson.write(hidden).contains("secret value"), StatusJson.write(hidden));
        assertFalse(hidden.deadLetters().recordsShown());
        assertEquals("java.lang.IllegalStateException", hidden.deadLetters().letters().get(0).reason());
        assertNull(hidden.deadLetters().letters().get(0).letter());
        assertEquals(1, hidden.deadLetters().stored());
    }

    @Test
    void aStoppedRouteIsSaidAndWhatToDo() throws Exception {
        context.getRouteController().stopRoute("refusing");
        Status status = collector.collect(true);
        assertEquals("STOPPED", status.routes().stream().filter(route -> route.id().equals("refusing")).findFirst().orElseThrow().state());
        assertTrue(status.next().stream().anyMatch(next -> next.what().equals("Start route refusing")), status.next()::toString);
    }

    @Test
    void withoutMetersThereAreNoCountsAndItIsSaid() {
        Status status = collector.collect(true);
        assertFalse(status.instance().metrics());
        assertEquals("1.2", status.instance().version());
        assertEquals(0, status.routes().get(0).counts().delivered());
        assertEquals(List.of(), status.targets());
        assertEquals(List.of("in", "refusing", "letters"), status.routes().stream().map(Status.Route::id).toList());
        assertTrue(status.routes().get(0).deadLetterChannel());
        assertEquals("step", status.routes().get(0).nodes().get(1).kind());
    }

    @Test
    void anAnswerCanBeReadBack() {
        Status status = collector.collect(true);
        assertEquals(status, StatusJson.read(StatusJson.write(status)));
    }
}
