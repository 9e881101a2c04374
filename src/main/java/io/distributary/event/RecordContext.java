package io.distributary.event;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.MDC;

/**
 * What a log line about a record says of it beside its text: {@code event_id}, which goes with the record everywhere, {@code table},
 * {@code shard} and {@code sequence_number}, as SLF4J's mapped diagnostic context of this thread until it is closed.
 */
public final class RecordContext implements AutoCloseable {
    /** The fields, as log formats name them. */
    public static final List<String> FIELDS = List.of("event_id", "table", "shard", "sequence_number");

    private static final RecordContext NONE = new RecordContext(List.of());
    private static volatile boolean inRoutes;

    private final List<String> put;

    private RecordContext(List<String> put) {
        this.put = put;
    }

    /** Whether lines that routes log have it too: it takes a microsecond for each record. Off until it is switched on. */
    public static void inRoutes(boolean on) {
        inRoutes = on;
    }

    /** While a route is given the record; {@code event} may be null. */
    public static RecordContext inRoute(ChangeEvent event) {
        return inRoutes ? of(event) : NONE;
    }

    /** While something is said of the record; {@code event} may be null. */
    public static RecordContext of(ChangeEvent event) {
        if (event == null) {
            return NONE;
        }
        List<String> put = new ArrayList<>(FIELDS.size());
        put("event_id", event.eventId(), put);
        put("table", event.source().tableName(), put);
        put("shard", event.source().shardId(), put);
        put("sequence_number", event.sequenceNumber(), put);
        return new RecordContext(put);
    }

    private static void put(String field, String value, List<String> put) {
        if (value != null) {
            MDC.put(field, value);
            put.add(field);
        }
    }

    @Override
    public void close() {
        if (this != NONE) {
            put.forEach(MDC::remove);
        }
    }
}
