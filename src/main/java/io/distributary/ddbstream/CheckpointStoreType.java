package io.distributary.ddbstream;

/** Where the checkpoints are kept. */
public enum CheckpointStoreType {
    FILE,
    DYNAMODB,
    NATS_KV
}
