package io.distributary.opensearch;

/** Where a document comes from. */
public enum DocumentBody {
    /** The item after the change as plain JSON, whatever the exchange's body is. */
    NEW_IMAGE,
    /** The exchange's body, one JSON object; of a change, its envelope. */
    BODY
}
