package io.distributary.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The last dead letters, for people to look at: bounded in number and bytes, gone with the process. A service of the context;
 * where it is none, nothing is kept. Thread-safe.
 */
public final class RecentDeadLetters extends ServiceSupport {
    /** Bytes of text of all of them together. */
    static final int MAX_TOTAL_BYTES = 4 << 20;
    /** A larger one is kept without its record. */
    static final int MAX_LETTER_BYTES = 64 << 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int limit;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;
    private long made;
    private long stored;

    /**
     * A dead letter.
     *
     * @param made      when it was made
     * @param stored    whether its destination is known to have it: the exchange that carried it ended without a failure
     * @param reason    of the failure, one line
     * @param bytes     of its JSON
     * @param truncated whether the JSON below is without its record, as it would be larger than {@link #MAX_LETTER_BYTES}
     * @param json      the dead letter; null where it is too large even so
     * @param head      the fields of the dead letter that say what failed where
     */
    public record Entry(Instant made, boolean stored, String reason, int bytes, boolean truncated, String json, Head head) {
    }

    /** What failed where; any may be null but the attempts. */
    public record Head(String eventId, String eventName, String table, String route, String target, String itemKey, int attempts) {
    }

    /**
     * All of them.
     *
     * @param made   how many since the start
     * @param stored of these are known to be stored
     * @param newest those that are kept, the newest first
     */
    public record Snapshot(long made, long stored, int limit, List<Entry> newest) {
    }

    /** @param limit how many are kept, 0 or more */
    public RecentDeadLetters(int limit) {
        this.limit = limit;
    }

    /** Notes it when the exchange has ended without a failure, which is when its destination has it; a failed one is made again. */
    static void note(Exchange exchange, String json, Head head, String reason) {
        CamelContext context = exchange.getContext();
        RecentDeadLetters recent = context.hasService(RecentDeadLetters.class);
        if (recent != null) {
            Instant now = Instant.now();
            recent.made();
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onComplete(Exchange done) {
                    recent.add(now, true, json, head, reason);
                }

                @Override
                public void onFailure(Exchange failed) {
                    recent.add(now, false, json, head, reason);
                }
            });
        }
    }

    private synchronized void made() {
        made++;
    }

    synchronized void add(Instant time, boolean isStored, String json, Head head, String reason) {
        stored += isStored ? 1 : 0;
        int size = json.getBytes(StandardCharsets.UTF_8).length;
        remove(head); // while its destination fails it is made again and again: one place in the list is enough
        Entry entry = new Entry(time, isStored, reason, size, size > MAX_LETTER_BYTES, size > MAX_LETTER_BYTES ? withoutRecord(json) : json,
                head);
        entries.addFirst(entry);
        bytes += kept(entry);
        while (entries.size() > limit || bytes > MAX_TOTAL_BYTES) {
            bytes -= kept(entries.removeLast());
        }
    }

    /** Null where it is too large even so. */
    private static String withoutRecord(String json) {
        try {
            ObjectNode letter = (ObjectNode) JSON.readTree(json);
            letter.remove("record");
            String rest = letter.toString();
            return rest.length() > MAX_LETTER_BYTES ? null : rest;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A dead letter is a JSON object", e);
        }
    }

    private void remove(Head head) {
        for (Iterator<Entry> each = entries.iterator(); each.hasNext();) {
            Entry entry = each.next();
            if (!entry.stored() && entry.head().eventId() != null && entry.head().eventId().equals(head.eventId())
                    && String.valueOf(entry.head().target()).equals(String.valueOf(head.target()))) {
                bytes -= kept(entry);
                each.remove();
            }
        }
    }

    private static int kept(Entry entry) {
        return (entry.json() == null ? 0 : 2 * entry.json().length()) + 2 * entry.reason().length() + 512;
    }

    /** As it is now. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(made, stored, limit, List.copyOf(entries));
    }
}
