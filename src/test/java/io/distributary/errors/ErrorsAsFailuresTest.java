package io.distributary.errors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our jar on the class path is all that it takes: the contexts here are plain ones. */
class ErrorsAsFailuresTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> steps = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        context.stop();
    }

    static Stream<Error> errors() {
        return Stream.of(new OutOfMemoryError("Java heap space"), new StackOverflowError(), new AssertionError("by a bean"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aStepThatThrowsAnErrorFailsTheExchangeAndIsNotSteppedOver(Error error) throws Exception {
        start(exchange -> {
            throw error;
        });
        assertSame(error, send().getException().getCause());
        assertEquals(List.of("before"), steps);
    }

    @Test
    void soDoesOneThatIsAsynchronous() throws Exception {
        Error error = new StackOverflowError();
        start(new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                throw error;
            }
        });
        assertSame(error, send().getException().getCause());
        assertEquals(List.of("before"), steps);
    }

    @Test
    void aStepThatAnswersLaterOnAnotherThreadGoesOnThere() throws Exception {
        start(new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                new Thread(() -> callback.done(false)).start();
                return false;
            }
        });
        assertEquals(null, send().getException());
        assertEquals(List.of("before", "after"), steps);
    }

    @Test
    void aDeadLetterThatCannotBeMadeIsNotStoredAsAnythingElse() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead").deadLetterHandleNewException(false).maximumRedeliveries(0));
                from("direct:in").process(exchange -> {
                    throw new IllegalStateException("refused");
                });
                from("direct:dead").errorHandler(noErrorHandler()).process(exchange -> {
                    throw new OutOfMemoryError("Java heap space");
                }).process(exchange -> steps.add("stored"));
            }
        });
        context.start();
        assertEquals("Java heap space", send().getException().getCause().getMessage());
        assertEquals(List.of(), steps);
    }

    @Test
    void theApplicationHearsOfMemoryThatIsUsedUp() throws Exception {
        OutOfMemory.then(() -> steps.add("out of memory"));
        try {
            start(exchange -> {
                throw new OutOfMemoryError();
            });
            send();
            OutOfMemory.check(new IllegalStateException(new RuntimeException(new OutOfMemoryError())));
            OutOfMemory.check(new IllegalStateException(new StackOverflowError()));
        } finally {
            OutOfMemory.then(() -> { });
        }
        assertEquals(List.of("before", "out of memory", "out of memory"), steps);
    }

    private void start(Processor step) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:in").process(exchange -> steps.add("before")).process(step).process(exchange -> steps.add("after"));
            }
        });
        context.start();
    }

    private Exchange send() throws Exception {
        CompletableFuture<Exchange> sent = context.createProducerTemplate().asyncSend("direct:in", exchange -> { });
        return sent.get(60, TimeUnit.SECONDS);
    }
}
