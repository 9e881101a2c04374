package io.distributary.ddbstream.shard;

import io.distributary.event.ChangeEvent;

/** Which records of a shard go one after the other; all others go in parallel. */
public enum OrderBy {
    /** Those of the same item. */
    ITEM,
    /** Those of all items with the same partition key, which DynamoDB keeps in one shard and in order. */
    PARTITION_KEY;

    /** What records that go one after the other have in common. */
    String laneKey(ChangeEvent event) {
        // a record without usable keys has one text for all of them
        return this == ITEM || event.partitionKey() == null ? event.itemKey() : event.partitionKey();
    }
}
