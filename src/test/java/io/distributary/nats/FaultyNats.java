package io.distributary.nats;

import static io.distributary.nats.JetStreamChanges.change;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.distributary.coalesce.DeliveryException;
import io.distributary.event.ChangeEvent;
import io.distributary.sandbox.NatsProcess;
import io.distributary.sandbox.fault.FaultProxy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A route to a real nats-server behind a proxy with faults. */
abstract class FaultyNats {
    static final Duration LIMIT = Duration.ofSeconds(60);

    final DefaultCamelContext context = new DefaultCamelContext();
    ProducerTemplate template;
    NatsProcess server;
    FaultProxy proxy;
    Connection check;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws Exception {
        server = NatsProcess.in(folder, "--jetstream", "--store_dir", folder.toString()).start();
        proxy = new FaultProxy("127.0.0.1", server.port());
        check = Nats.connect(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        check.close();
        proxy.close();
        server.close();
    }

    static void inOrderAndNoneMissing(List<String> ids, int expected) {
        assertEquals(expected, ids.size());
        Map<String, Integer> last = new HashMap<>();
        for (String id : ids) {
            String item = id.substring(0, id.indexOf('-'));
            int version = Integer.parseInt(id.substring(id.indexOf('-') + 1));
            Integer before = last.put(item, version);
            assertTrue(before == null || before < version, id + " came after version " + before);
        }
    }

    void start(String options) throws Exception {
        context.getPropertiesComponent().addInitialProperty("nats.url", "nats://127.0.0.1:" + proxy.port());
        context.getRegistry().bind("meters", new SimpleMeterRegistry());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").errorHandler(noErrorHandler()).to("nats:t?jetstreamEnabled=true" + options);
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    void stream(String name) throws Exception {
        check.jetStreamManagement().addStream(StreamConfiguration.builder().name(name).subjects(name).build());
    }

    long messages(String stream) throws Exception {
        return check.jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount();
    }

    double producerMeters(String what) {
        return context.getRegistry().findSingleByType(MeterRegistry.class)
                .get("distributary.target." + what).counter().count();
    }

    CompletableFuture<Exchange> send(ChangeEvent change) {
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        Exchange exchange = JetStreamChanges.exchange(context, change);
        producer().process(exchange, synchronous -> done.complete(exchange));
        return done;
    }

    CompletableFuture<Exchange> sendText(String id, String text) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(text);
        exchange.getMessage().setHeader(JetStreamMessage.MESSAGE_ID, id);
        return template.asyncSend("direct:send", exchange);
    }

    /** The route's own: on the caller's thread, as the source calls it. */
    AsyncProcessor producer() {
        return (AsyncProcessor) context.getRoutes().get(0).getProcessor();
    }

    void sent(ChangeEvent change) throws Exception {
        assertNull(send(change).get(60, TimeUnit.SECONDS).getException());
    }

    static void succeed(List<CompletableFuture<Exchange>> exchanges) throws Exception {
        for (CompletableFuture<Exchange> exchange : exchanges) {
            assertNull(exchange.get(60, TimeUnit.SECONDS).getException());
        }
    }

    static DeliveryException failure(Exchange exchange) {
        return assertInstanceOf(DeliveryException.class, exchange.getException());
    }
}
