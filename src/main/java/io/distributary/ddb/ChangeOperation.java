package io.distributary.ddb;

/** What a change of the source's table does to the endpoint's table. */
public enum ChangeOperation {
    /** The item there becomes what it is in the source's table. */
    REPLICATE,
    /** The item there gets an attribute that says when its change was dispatched. */
    MARK
}
