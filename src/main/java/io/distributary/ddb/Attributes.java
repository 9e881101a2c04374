package io.distributary.ddb;

/**
 * The attributes of an item that are ours.
 *
 * @param version the version of the change that the item is at; a number
 * @param origin  the table that the change came from
 * @param deleted true on an item that we are about to delete, or that stands for a deleted one
 * @param expires when a tombstone may go: the table's time-to-live attribute, seconds since 1970
 * @param mark    when the item was dispatched
 */
record Attributes(String version, String origin, String deleted, String expires, String mark) {
    static final String VERSION = "distributary_version";
    static final String ORIGIN = "distributary_origin";
    static final String DELETED = "distributary_deleted";
    static final String EXPIRES = "distributary_expires_at";
    static final String MARK = "dispatched_at";

    static final Attributes DEFAULT = new Attributes(VERSION, ORIGIN, DELETED, EXPIRES, MARK);
}
