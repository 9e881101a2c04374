package io.distributary.ddbstream.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

class OrderByTest {
    private static final StreamSource SOURCE = new StreamSource("t",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/2026-01-01T00:00:00.000", "shardId-1", "pk", "sk");

    @Test
    void itemsOfAPartitionKeyShareALaneOnlyWhereAskedFor() {
        assertNotEquals(OrderBy.ITEM.laneKey(change("a", "1")), OrderBy.ITEM.laneKey(change("a", "2")));
        assertEquals(OrderBy.PARTITION_KEY.laneKey(change("a", "1")), OrderBy.PARTITION_KEY.laneKey(change("a", "2")));
        assertNotEquals(OrderBy.PARTITION_KEY.laneKey(change("a", "1")), OrderBy.PARTITION_KEY.laneKey(change("b", "1")));
    }

    @Test
    void recordsWithoutUsableKeysStayInOrderAmongThemselves() {
        for (OrderBy orderBy : OrderBy.values()) {
            assertEquals(orderBy.laneKey(change(Map.of())), orderBy.laneKey(change(Map.of("other", AttributeValue.fromS("x")))));
        }
    }

    private static ChangeEvent change(String pk, String sk) {
        return change(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk)));
    }

    private static ChangeEvent change(Map<String, AttributeValue> keys) {
        return ChangeEvent.of(Record.builder().eventID("e").eventName("INSERT").dynamodb(StreamRecord.builder().keys(keys)
                .sequenceNumber("1").build()).build(), SOURCE);
    }
}
