package io.distributary.backfill;

import java.nio.file.Path;

import io.distributary.event.EventName;

/**
 * What is asked for.
 *
 * @param table     its name
 * @param segments  of the scan, or null for those of the progress file, else {@link #SEGMENTS}
 * @param rate      read capacity units per second; 0 for as fast as it goes
 * @param inFlight  items on their way at the same time
 * @param most      items to send in this run
 * @param eventName of the events
 * @param selection which items
 * @param progress  file, or null for one named after route and table
 * @param restart   begin anew, whatever the file holds
 * @param force     also where changes do not win over snapshots
 */
public record BackfillOptions(String table, Integer segments, double rate, int inFlight, long most, EventName eventName,
        ItemSelection selection, Path progress, boolean restart, boolean force) {
    /** Where the number is not said. */
    public static final int SEGMENTS = 4;

    Path progressFile(String route) {
        return progress != null ? progress : Path.of("data", "backfill", name(route) + "." + name(table) + ".json");
    }

    private static String name(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
