package io.distributary.backfill;

import java.time.Instant;

/**
 * Which backfill this is; kept with its progress, which belongs to no other.
 *
 * @param id        of its own
 * @param route     id of the route
 * @param tableArn  the table
 * @param tableId   DynamoDB's, which differs when a table is made again; null where it is not told
 * @param segments  of the scan
 * @param eventName of the events
 * @param selection which items, as {@link ItemSelection#text}
 * @param position  of the route, before the first read
 */
record Job(String id, String route, String tableArn, String tableId, int segments, String eventName, String selection, Instant position) {
    /** What is not the same in another one, for people; null where it may go on with this one's progress. */
    String differenceTo(Job wanted) {
        return !route.equals(wanted.route) ? "is of route " + route
                : !tableArn.equals(wanted.tableArn) ? "is of table " + tableArn
                : tableId != null && wanted.tableId != null && !tableId.equals(wanted.tableId) ? "is of a table " + tableArn
                        + " that was deleted and made again since"
                : segments != wanted.segments ? "has " + segments + (segments == 1 ? " segment" : " segments")
                : !eventName.equals(wanted.eventName) ? "sends " + eventName
                : !selection.equals(wanted.selection) ? "is of " + selection
                : null;
    }
}
