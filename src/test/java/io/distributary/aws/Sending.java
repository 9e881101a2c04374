package io.distributary.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.distributary.event.ChangeEvent;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** Exchanges to a producer as the source's lanes send them: many in flight, each with its own end. */
public final class Sending {
    private final CamelContext context;
    private final AsyncProducer producer;
    private final List<CompletableFuture<Exchange>> sent = new ArrayList<>();

    /** Starts the context and the producer. */
    public Sending(CamelContext context, String uri) throws Exception {
        this.context = context;
        context.start();
        producer = context.getEndpoint(uri).createAsyncProducer();
        context.addService(producer, true, true);
        producer.start();
    }

    /** Sends one; may block, as the producer does. */
    public CompletableFuture<Exchange> send(Object body, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        headers.forEach(exchange.getMessage()::setHeader);
        if (body instanceof ChangeEvent event) {
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
            event.writeHeaders(exchange.getMessage());
        }
        return send(exchange);
    }

    public CompletableFuture<Exchange> send(Exchange exchange) {
        CompletableFuture<Exchange> end = new CompletableFuture<>();
        sent.add(end);
        producer.process(exchange, doneSync -> end.complete(exchange));
        return end;
    }

    public Exchange sendAndWait(Object body, Map<String, Object> headers) throws Exception {
        return send(body, headers).get(60, TimeUnit.SECONDS);
    }

    /** Waits for the ends of all that were sent, in their order. */
    public List<Exchange> all() throws Exception {
        List<Exchange> ended = new ArrayList<>();
        for (CompletableFuture<Exchange> each : sent) {
            ended.add(each.get(120, TimeUnit.SECONDS));
        }
        return ended;
    }

    public void stop() {
        producer.stop();
    }
}
