package io.distributary.nats;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.oversize.Oversize;
import io.nats.client.impl.Headers;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Makes messages of exchanges, and of the records of a batch. What a message says of its change it takes from the Camel
 * headers, which the route may have set otherwise; of a record in a batch, and where they are absent, from the change itself.
 * Thread-safe.
 */
final class JetStreamMessages {
    /** Header that replaces the endpoint's subject, as Camel's other components have it. */
    static final String OVERRIDE_SUBJECT = "CamelNatsOverrideSubject";

    private final String topic;
    private final SubjectTemplate template;
    private final boolean eventHeaders;
    private final HeaderFilterStrategy filter;
    private final AtomicLong unnamed = new AtomicLong();

    JetStreamMessages(JetStreamConfiguration configuration) {
        topic = configuration.getTopic();
        template = configuration.getSubjectTemplate() == null ? null : SubjectTemplate.parse(configuration.getSubjectTemplate());
        eventHeaders = configuration.isEventHeaders();
        filter = configuration.getHeaderFilterStrategy();
    }

    /**
     * The message as it may be sent to a server that takes so many bytes.
     *
     * @throws CamelExchangeException where the body cannot be sent
     * @throws DeliveryException      where a header or the subject cannot be, or the message cannot be made to fit
     */
    JetStreamMessage fitting(Part part, String target, Oversize oversize, long maxPayload) throws CamelExchangeException, DeliveryException {
        JetStreamMessage message;
        try {
            message = message(part);
        } catch (IllegalArgumentException e) {
            throw new DeliveryException(target, part.id(), "subject " + subject(part) + ": " + e.getMessage(), true, 0, e);
        }
        return message.with(oversize.fit(part, message.data(), message.bytes() - message.data().length, maxPayload));
    }

    /**
     * @throws CamelExchangeException   where the body cannot be sent
     * @throws IllegalArgumentException where a header or the subject cannot be
     */
    JetStreamMessage message(Part part) throws CamelExchangeException {
        String subject = subject(part);
        if (!Subjects.isValid(subject)) {
            throw new IllegalArgumentException("not a NATS subject to publish to: tokens of printable ASCII without space,"
                    + " * and >, joined by dots, of at most " + Subjects.MAX_LENGTH + " characters");
        }
        return new JetStreamMessage(subject, headers(part), part.bodyAs(byte[].class));
    }

    private String subject(Part part) {
        String given = part.exchange().getMessage().getHeader(OVERRIDE_SUBJECT, String.class);
        if (given != null) {
            return given;
        }
        return template != null && hasChange(part) ? template.subject(token -> value(part, token)) : topic;
    }

    private Headers headers(Part part) {
        Headers headers = new Headers();
        Exchange exchange = part.exchange();
        String given = null;
        for (Map.Entry<String, Object> header : exchange.getMessage().getHeaders().entrySet()) {
            String name = header.getKey();
            Object value = header.getValue();
            if (name.equals(JetStreamMessage.MESSAGE_ID)) {
                given = value == null ? null : text(value);
            } else if (value != null && !filter.applyFilterToCamelHeaders(name, value, exchange)) {
                put(headers, name, text(value));
            }
        }
        if (eventHeaders) {
            put(headers, "event_id", eventId(part));
            put(headers, "event_name", value(part, SubjectTemplate.Token.EVENT_NAME));
            put(headers, "table_name", value(part, SubjectTemplate.Token.TABLE));
        }
        put(headers, JetStreamMessage.MESSAGE_ID, messageId(part, given));
        return headers;
    }

    /** One given for a batch would make all of its records but the first duplicates. */
    private String messageId(Part part, String given) {
        String id = part.alone() && given != null ? given : eventId(part);
        // where there is no change: the same for this message's attempts only, as one exchange may publish several
        return id != null ? id : part.exchange().getExchangeId() + "-" + unnamed.incrementAndGet();
    }

    private static void put(Headers headers, String name, String value) {
        if (value == null) {
            return;
        }
        try {
            headers.put(name, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("header " + name + " cannot be one of a NATS message: " + e.getMessage(), e);
        }
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    private static boolean hasChange(Part part) {
        return part.event() != null || header(part, ChangeEventHeaders.TABLE_NAME) != null;
    }

    private static String eventId(Part part) {
        String given = header(part, ChangeEventHeaders.EVENT_ID);
        return given == null && part.event() != null ? part.event().eventId() : given;
    }

    private static String value(Part part, SubjectTemplate.Token token) {
        String given = header(part, switch (token) {
            case TABLE -> ChangeEventHeaders.TABLE_NAME;
            case PARTITION_KEY -> ChangeEventHeaders.PARTITION_KEY;
            case SORT_KEY -> ChangeEventHeaders.SORT_KEY;
            case EVENT_NAME -> ChangeEventHeaders.EVENT_NAME;
        });
        return given != null || part.event() == null ? given : ChangeSubject.value(part.event(), token);
    }

    private static String header(Part part, String name) {
        return part.alone() ? part.exchange().getMessage().getHeader(name, String.class) : null;
    }
}
