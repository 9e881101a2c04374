package io.distributary.dryrun;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.distributary.coalesce.Part;
import io.distributary.event.BatchItemFailuresException;
import io.distributary.preview.Draft;
import io.distributary.preview.Drafts;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/** Sends nothing: notes what would be sent, and fails where the real producer would fail before it sends. */
final class DraftProducer extends DefaultAsyncProducer {
    private final Endpoint original;
    private final Drafts drafts;
    private final Tracer tracer;

    /** @param drafts or null: then body and headers are shown as they are */
    DraftProducer(Endpoint behind, Endpoint original, Drafts drafts, Tracer tracer) {
        super(behind);
        this.original = original;
        this.drafts = drafts;
        this.tracer = tracer;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        String operation = drafts == null ? null : drafts.operation(exchange.getMessage());
        if (drafts == null || operation != null) {
            tracer.wouldSend(exchange, original.getEndpointUri(), Part.of(exchange).get(0).event(),
                    asItIs(exchange.getMessage(), operation == null ? Map.of() : Map.of("operation", operation)));
        } else {
            draft(exchange);
        }
        callback.done(true);
        return true;
    }

    private void draft(Exchange exchange) {
        List<Part> parts = Part.of(exchange);
        Map<String, Exception> failures = new LinkedHashMap<>();
        for (Part part : parts) {
            try {
                for (Draft draft : drafts.of(part)) {
                    tracer.wouldSend(exchange, original.getEndpointUri(), part.event(), draft);
                }
            } catch (Exception e) {
                failures.put(part.id(), e);
            }
        }
        if (!failures.isEmpty()) {
            exchange.setException(parts.size() == 1 ? failures.values().iterator().next() : new BatchItemFailuresException(failures));
        }
    }

    /** Which headers a component of another scheme sends is its affair; Camel's own it does not, as a rule. */
    private Draft asItIs(Message message, Map<String, Object> fields) {
        Map<String, Object> headers = new TreeMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (!name.startsWith("Camel") && value != null) {
                headers.put(name, value.toString());
            }
        });
        byte[] body = message.getBody() == null ? null : message.getBody(byte[].class);
        if (body == null && message.getBody() != null) {
            body = message.getBody().toString().getBytes(StandardCharsets.UTF_8);
        }
        String uri = original.getEndpointUri();
        return new Draft(uri.indexOf('?') < 0 ? uri : uri.substring(0, uri.indexOf('?')), fields, headers, body);
    }
}
