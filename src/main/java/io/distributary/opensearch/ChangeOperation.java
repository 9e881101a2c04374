package io.distributary.opensearch;

/** What an insert or a modification becomes in OpenSearch. A removal deletes the document, whichever it is. */
public enum ChangeOperation {
    /** The document is replaced. */
    INDEX,
    /** A document that is there already stays as it is; for indexes that only grow. Unversioned: OpenSearch allows no other. */
    CREATE,
    /** The document's fields are merged into the one that is there, if any. Unversioned: OpenSearch allows no other. */
    UPDATE
}
