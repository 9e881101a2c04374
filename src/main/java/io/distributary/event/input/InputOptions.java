package io.distributary.event.input;

/**
 * What a person says of events that the events do not say themselves.
 *
 * @param form         or null: each document's form is recognised
 * @param table        the table's name, or null: the events'
 * @param partitionKey name of the partition key attribute, or null: the first of the keys
 * @param sortKey      name of the sort key attribute, or null
 */
public record InputOptions(EventForm form, String table, String partitionKey, String sortKey) {
    /** Nothing is said. */
    public static final InputOptions NONE = new InputOptions(null, null, null, null);
}
