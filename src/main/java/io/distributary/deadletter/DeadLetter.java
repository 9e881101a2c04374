package io.distributary.deadletter;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.FailedAttempts;
import io.distributary.event.ItemKey;
import io.distributary.event.Sha256;
import io.distributary.fifo.FifoIds;
import io.distributary.metrics.Meters;
import io.distributary.oversize.Oversize;
import io.micrometer.core.instrument.Counter;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes the dead letter of a failed exchange: its message becomes the record of docs/dead-letters.md, and its headers the
 * ids to look for. The first step of a dead letter kamelet. Thread-safe.
 */
public final class DeadLetter implements Processor {
    /** Exchange property with the one line to log when the dead letter is stored. */
    static final String SUMMARY = "DistributaryDeadLetter";
    /** Exchange property with what an object's key ends in: the same whenever the same delivery fails on the same day. */
    static final String KEY = "DistributaryDeadLetterKey";

    private static final int HASH_IN_KEY = 16;

    /**
     * Replaces the message by the dead letter.
     *
     * @throws UnsplitBatchException for a batch of more than one record, of which only some may be to blame
     */
    @Override
    public void process(Exchange exchange) throws UnsplitBatchException {
        Throwable exception = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        int records = ChangeEventBatch.size(exchange);
        if (records > 1) {
            throw new UnsplitBatchException(records, exception);
        }
        ChangeEvent event = event(exchange);
        Failure failure = failure(exchange);
        String correlationId = exchange.getProperty(ExchangePropertyKey.CORRELATION_ID, exchange.getExchangeId(), String.class);
        Message message = exchange.getMessage();
        String body = event == null ? message.getBody(String.class) : null;
        String json = DeadLetterWriter.toJson(event, body, failure, exception, correlationId);
        // one event can fail at several targets: its id alone would make a FIFO queue drop the second dead letter
        String id = (event == null || event.eventId() == null ? correlationId : event.eventId()) + '/' + failure.target();

        message.removeHeaders("*");
        message.setBody(json);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        header(message, "route_id", failure.routeId());
        if (event != null) {
            header(message, "event_id", event.eventId());
            header(message, "event_name", event.eventNameText());
            header(message, "table_name", event.source().tableName());
        }
        message.setHeader(FifoIds.DEDUPLICATION_ID, ItemKey.messageGroupId(id));
        exchange.setProperty(KEY, key(event, correlationId, failure));
        exchange.setProperty(Oversize.POINTER_FIELDS, DeadLetterWriter.withoutRecord(event, failure, exception, correlationId));
        count(exchange, failure);
        RecentDeadLetters.note(exchange, json, head(event, failure), reason(exception));
        exchange.setProperty(SUMMARY, summary(event == null ? exchange.getExchangeId() : event, failure, exception));
    }

    private static String key(ChangeEvent event, String correlationId, Failure failure) {
        boolean change = event != null && event.eventId() != null;
        String folder = change ? event.source().tableName() : Objects.requireNonNullElse(failure.routeId(), "none");
        byte[] target = String.valueOf(failure.target()).getBytes(StandardCharsets.UTF_8);
        return LocalDate.ofInstant(failure.first(), ZoneOffset.UTC) + "/" + segment(folder) + '/' + segment(change ? event.eventId() : correlationId)
                + '-' + Sha256.hex(target).substring(0, HASH_IN_KEY) + ".json";
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void count(Exchange exchange, Failure failure) {
        Counter.builder("distributary.dead.letters").description("Dead letters made; one that cannot be stored is made again")
                .tag("route", Objects.requireNonNullElse(failure.routeId(), "none"))
                .tag("target", failure.target() == null ? "none" : failure.target().replaceFirst("\\?.*", ""))
                .register(Meters.of(exchange.getContext())).increment();
    }

    private static RecentDeadLetters.Head head(ChangeEvent event, Failure failure) {
        return event == null
                ? new RecentDeadLetters.Head(null, null, null, failure.routeId(), failure.target(), null, failure.attempts())
                : new RecentDeadLetters.Head(event.eventId(), event.eventNameText(), event.source().tableName(), failure.routeId(),
                        failure.target(), event.itemKey(), failure.attempts());
    }

    private static String reason(Throwable exception) {
        return exception == null ? "no exception" : Causes.root(exception).toString();
    }

    private static String summary(Object change, Failure failure, Throwable exception) {
        return "Dead letter of %s for %s after %d attempt(s): %s".formatted(change,
                failure.target() == null ? "route " + failure.routeId() : failure.target(), failure.attempts(), reason(exception));
    }

    /** The property before the body: with useOriginalMessage the body is the change before anything in it was masked. */
    private static ChangeEvent event(Exchange exchange) {
        ChangeEvent current = exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class);
        return exchange.getMessage().getBody() instanceof ChangeEvent body
                && (current == null || !Objects.equals(body.eventId(), current.eventId())) ? body : current;
    }

    /** A dead letter channel without a {@link FailureTracker} knows only the last attempt. */
    private static Failure failure(Exchange exchange) {
        FailedAttempts atSource = exchange.getProperty(FailedAttempts.EXCHANGE_PROPERTY, FailedAttempts.class);
        if (atSource != null) {
            // what failed was an exchange of the whole route, not a step of it
            return new Failure(null, null, exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class),
                    atSource.count(), atSource.first(), atSource.last());
        }
        Failure tracked = exchange.getProperty(Failure.EXCHANGE_PROPERTY, Failure.class);
        if (tracked != null) {
            return tracked;
        }
        new FailureTracker().process(exchange);
        return exchange.getProperty(Failure.EXCHANGE_PROPERTY, Failure.class);
    }

    private static void header(Message message, String name, String value) {
        if (value != null) {
            message.setHeader(name, value);
        }
    }
}
