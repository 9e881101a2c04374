package io.distributary.bench;

import io.distributary.sandbox.scripted.ScriptedEndpoint;
import io.distributary.sandbox.scripted.ScriptedSns;
import io.distributary.sandbox.scripted.ScriptedSqs;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * A way to send messages to an AWS target.
 *
 * @param scheme   aws2-sqs or aws2-sns
 * @param name     as the table has it
 * @param coalesce false for the stock producer
 * @param inFlight exchanges at the same time, each of the stock producer's on a thread of its own
 * @param share    the part of the messages it gets
 */
record AwsSending(String scheme, String name, boolean coalesce, int inFlight, double share) {
    private static final String QUEUE = "orders";
    private static final String BODY = "x".repeat(1_000);
    private static final int ALONE = 200;

    /** @param aloneMillis the median of messages sent one after the other */
    record Result(double perSecond, double perCall, double aloneMillis) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f messages/s, %.1f a call, %.2f ms alone", perSecond, perCall, aloneMillis);
        }
    }

    /** Stock as its source drives it, one after the other; stock on as many threads as our source has; ours. */
    static List<AwsSending> all() {
        return List.of("aws2-sqs", "aws2-sns").stream().flatMap(scheme -> List.of(
                new AwsSending(scheme, "stock", false, 1, 0.05), new AwsSending(scheme, "stock, 32 threads", false, 32, 0.25),
                new AwsSending(scheme, "ours", true, 256, 1)).stream()).toList();
    }

    /** The contender that this one is compared with. */
    AwsSending stock() {
        return all().stream().filter(each -> each.scheme.equals(scheme)).findFirst().orElseThrow();
    }

    Result measure(int messages, Duration latency) throws Exception {
        try (ScriptedEndpoint server = scheme.equals("aws2-sqs") ? new ScriptedSqs() : new ScriptedSns();
                var context = new DefaultCamelContext()) {
            server.countOnly();
            server.latency(latency);
            context.getPropertiesComponent().addInitialProperty("aws.endpoint", server.url());
            context.getPropertiesComponent().addInitialProperty("aws.region", "us-east-1");
            context.start();
            var producer = context.getEndpoint(scheme + ":" + QUEUE + "?coalesce=" + coalesce).createAsyncProducer();
            context.addService(producer, true, true);
            producer.start();
            var alone = alone(context, producer);
            var before = server.calls().size();
            var count = (int) (messages * share);
            var nanos = send(context, producer, count);
            return new Result(count * 1e9 / nanos, (double) count / (server.calls().size() - before), alone);
        }
    }

    private static double alone(CamelContext context, AsyncProducer producer) throws Exception {
        var millis = new double[ALONE];
        for (var i = 0; i < ALONE; i++) {
            var start = System.nanoTime();
            var exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(BODY);
            producer.process(exchange);
            require(exchange.getException());
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        return Statistics.median(millis);
    }

    private long send(CamelContext context, AsyncProducer producer, int count) throws Exception {
        var window = new Semaphore(inFlight);
        var failure = new AtomicReference<Exception>();
        ExecutorService threads = Executors.newFixedThreadPool(coalesce ? 1 : inFlight);
        var start = System.nanoTime();
        for (var i = 0; i < count; i++) {
            window.acquire();
            threads.execute(() -> {
                var exchange = new DefaultExchange(context);
                exchange.getMessage().setBody(BODY);
                producer.process(exchange, doneSync -> {
                    if (exchange.getException() != null) {
                        failure.set(exchange.getException());
                    }
                    window.release();
                });
            });
        }
        window.acquire(inFlight);
        var nanos = System.nanoTime() - start;
        threads.shutdown();
        require(failure.get());
        return nanos;
    }

    private static void require(Exception failure) {
        if (failure != null) {
            throw new WrongResultException("A message was not accepted: " + failure);
        }
    }

    @Override
    public String toString() {
        return scheme + " " + name;
    }
}
