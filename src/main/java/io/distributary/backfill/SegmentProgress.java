package io.distributary.backfill;

import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How far a segment is: everything up to here is acknowledged by the route.
 *
 * @param scanned items read
 * @param items   of them, those that were wanted and sent
 * @param units   read capacity units
 * @param after   key of the last item, or null at the beginning
 * @param done    nothing comes after it
 */
record SegmentProgress(long scanned, long items, double units, Map<String, AttributeValue> after, boolean done) {
    static final SegmentProgress NONE = new SegmentProgress(0, 0, 0, null, false);

    /** Behind a page whose items are all acknowledged. */
    SegmentProgress behind(ItemPages.Page page) {
        return new SegmentProgress(scanned + page.scanned(), items + page.items().size(), units + page.units(),
                page.last() == null ? after : page.last(), page.last() == null);
    }
}
