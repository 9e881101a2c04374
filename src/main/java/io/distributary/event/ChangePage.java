package io.distributary.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;

/**
 * One answer of GetRecords.
 *
 * @param changes           in the stream's order
 * @param nextShardIterator of the page after it; null when the shard is closed and this was the rest of it
 */
public record ChangePage(List<ChangeEvent> changes, String nextShardIterator) {
    private static final byte[] RECORDS = "Records".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT = "NextShardIterator".getBytes(StandardCharsets.US_ASCII);

    /** An answer that the SDK has read. */
    public static ChangePage of(GetRecordsResponse response, StreamSource source) {
        List<ChangeEvent> changes = new ArrayList<>(response.records().size());
        response.records().forEach(record -> changes.add(ChangeEvent.of(record, source)));
        return new ChangePage(changes, response.nextShardIterator());
    }

    /**
     * Reads an answer as it came. The records' images stay JSON until somebody asks for them; they are then read by the
     * threads that run the route.
     *
     * @throws EventReadException where it is not an answer of GetRecords
     */
    public static ChangePage read(byte[] json, StreamSource source) {
        List<ChangeEvent> changes = new ArrayList<>();
        String next = null;
        JsonCursor in = new JsonCursor(json);
        in.open('{');
        while (in.more('}')) {
            in.name();
            if (in.nameIs(RECORDS)) {
                if (!in.isNull()) {
                    records(in, source, changes);
                }
            } else if (in.nameIs(NEXT)) {
                next = in.text();
            } else {
                in.skip();
            }
        }
        return new ChangePage(changes, next);
    }

    private static void records(JsonCursor in, StreamSource source, List<ChangeEvent> changes) {
        in.open('[');
        while (in.more(']')) {
            int start = in.position();
            ChangeFacts facts = ChangeFacts.of(in);
            // a copy: a record that waits long must not keep the whole page in memory
            changes.add(new ChangeEvent(facts, in.copy(start), source));
        }
    }
}
