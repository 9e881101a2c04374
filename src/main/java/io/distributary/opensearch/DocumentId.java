package io.distributary.opensearch;

/** What a document's {@code _id} is made of. */
public enum DocumentId {
    /** The item's keys: one document for each item. */
    ITEM_KEY,
    /** The stream's event id: one document for each change, of which none is ever deleted. */
    EVENT_ID
}
