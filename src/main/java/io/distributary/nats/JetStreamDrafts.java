package io.distributary.nats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.oversize.Oversize;
import io.distributary.preview.Draft;
import io.distributary.preview.Drafts;
import io.nats.client.impl.Headers;

/** The messages that {@link JetStreamProducer} would publish. */
final class JetStreamDrafts implements Drafts {
    /** A server's {@code max_payload} unless it is configured otherwise: only a connection tells. */
    private static final int DEFAULT_MAX_PAYLOAD = 1 << 20;

    private final String target;
    private final JetStreamMessages messages;
    private final Oversize oversize;

    JetStreamDrafts(JetStreamEndpoint endpoint) {
        JetStreamConfiguration options = endpoint.getConfiguration();
        target = "nats:" + options.getTopic();
        messages = new JetStreamMessages(options);
        oversize = Oversize.preview(endpoint.getCamelContext(), "nats", options.getTopic(), endpoint.getOversizeOptions());
    }

    @Override
    public List<Draft> of(Part part) throws Exception {
        JetStreamMessage fitting = messages.fitting(part, target, oversize, DEFAULT_MAX_PAYLOAD);
        if (fitting.bytes() > DEFAULT_MAX_PAYLOAD) {
            throw DeliveryException.tooLarge(target, part.id(), fitting.bytes(), DEFAULT_MAX_PAYLOAD);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("subject", fitting.subject());
        fields.put(JetStreamMessage.MESSAGE_ID, fitting.headers().getFirst(JetStreamMessage.MESSAGE_ID));
        return List.of(new Draft("nats:" + fitting.subject(), fields, headers(fitting.headers()), fitting.data()));
    }

    private static Map<String, Object> headers(Headers all) {
        Map<String, Object> headers = new LinkedHashMap<>();
        all.keySet().stream().filter(name -> !name.equals(JetStreamMessage.MESSAGE_ID)).sorted()
                .forEach(name -> headers.put(name, String.join(", ", all.get(name))));
        return headers;
    }
}
