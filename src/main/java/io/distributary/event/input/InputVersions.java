package io.distributary.event.input;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeVersion;

/**
 * Gives changes that were not read from a shard a version: never above the one that the stream's reading gave or will give
 * them, so that a target with anything newer keeps it. Of one item, later changes get higher ones. Not thread-safe.
 */
final class InputVersions {
    /** Items whose last version is remembered. */
    private static final int KEPT = 1_000_000;

    private record Last(BigInteger sequenceNumber, long version) {
    }

    private final Map<String, Last> items = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
            return size() > KEPT;
        }
    };

    /** @param known the version that the change is known to have had, or null */
    ChangeEvent with(ChangeEvent event, Long known) {
        String item = event.source().tableName() + '|' + event.itemKey();
        Last last = items.get(item);
        BigInteger number = number(event);
        // a change that is no later than the one before it may not count on from that one's version
        boolean later = last != null && number != null && last.sequenceNumber() != null
                && number.compareTo(last.sequenceNumber()) > 0;
        long version = known != null ? known
                : ChangeVersion.next(later ? last.version() : -1, event.approximateCreationDateTime());
        if (last == null || later) {
            items.put(item, new Last(number, version));
        }
        return event.withVersion(version);
    }

    private static BigInteger number(ChangeEvent event) {
        String text = event.sequenceNumber();
        return text == null || !text.matches("\\d{1,50}") ? null : new BigInteger(text);
    }
}
