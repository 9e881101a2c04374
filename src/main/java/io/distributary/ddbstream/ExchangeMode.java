package io.distributary.ddbstream;

/** What an exchange carries. */
public enum ExchangeMode {
    /** One record: its body is a ChangeEvent. */
    RECORD,
    /** Up to batchSize records: its body is a list of ChangeEvents. */
    BATCH
}
