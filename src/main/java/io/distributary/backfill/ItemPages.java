package io.distributary.backfill;

import java.util.List;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the items of a table, a page at a time. Thread-safe. */
@FunctionalInterface
interface ItemPages {
    /**
     * A page.
     *
     * @param items   those that are wanted
     * @param scanned how many were read, the others included
     * @param units   read capacity units that it took
     * @param last    the key to go on after, or null at the segment's end
     */
    record Page(List<Map<String, AttributeValue>> items, int scanned, double units, Map<String, AttributeValue> last) {
    }

    /**
     * @param after key of the item before the first, or null for the segment's beginning
     * @param limit items to read at the most, wanted or not
     * @throws RuntimeException {@link TemporaryFailure} where the same call may succeed later; what only a person can mend
     */
    Page read(int segment, Map<String, AttributeValue> after, int limit);

    /** Throttled, not reachable or the like: the same call may succeed later. */
    final class TemporaryFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** @param reason one line */
        TemporaryFailure(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
