package io.distributary.bench.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

class StreamsEndpointTest {
    private static final String TABLE = "orders";

    @Test
    void theCannedRecordsAreUniqueInOrderAndComeBackToTheirItems() throws Exception {
        var canned = new CannedRecords(StreamsEndpointTest::item, true);
        try (var endpoint = StreamsEndpoint.start(TABLE, canned.shards(2, 12_345)); var client = client(endpoint)) {
            var ids = new HashSet<String>();
            var items = new HashSet<String>();
            for (var shard = 0; shard < 2; shard++) {
                var versions = new HashMap<String, Integer>();
                var position = 0;
                for (var record : read(client, endpoint, shard, ShardIteratorType.TRIM_HORIZON, null)) {
                    var change = record.dynamodb();
                    assertEquals(RecordTemplate.sequenceNumber(position++), change.sequenceNumber());
                    assertTrue(ids.add(record.eventID()), record.eventID());
                    var key = change.keys().get("pk").s();
                    assertEquals(key, change.newImage().get("pk").s());
                    assertEquals(key, change.oldImage().get("pk").s());
                    var version = Integer.parseInt(change.newImage().get("version").n());
                    assertEquals(versions.getOrDefault(key, 999_999) + 1, version);
                    versions.put(key, version);
                }
                assertEquals(12_345, position);
                assertEquals(CannedRecords.ITEMS, versions.size());
                items.addAll(versions.keySet());
            }
            assertEquals(2 * CannedRecords.ITEMS, items.size());
        }
    }

    @Test
    void aReaderGoesOnBehindASequenceNumber() throws Exception {
        var canned = new CannedRecords(StreamsEndpointTest::item, false);
        try (var endpoint = StreamsEndpoint.start(TABLE, canned.shards(1, 3_000)); var client = client(endpoint)) {
            var rest = read(client, endpoint, 0, ShardIteratorType.AFTER_SEQUENCE_NUMBER, RecordTemplate.sequenceNumber(1_998));
            assertEquals(1_001, rest.size());
            assertEquals(RecordTemplate.sequenceNumber(1_999), rest.get(0).dynamodb().sequenceNumber());
            assertEquals(List.of(), read(client, endpoint, 0, ShardIteratorType.LATEST, null));
        }
    }

    @Test
    void whatIsPutIsRead() throws Exception {
        var shards = IntStream.range(0, 250).mapToObj(LiveShard::new).toList();
        try (var endpoint = StreamsEndpoint.start(TABLE, shards); var client = client(endpoint)) {
            shards.get(249).put(item("a", "1"));
            shards.get(249).put(item("b", "1"));
            var records = read(client, endpoint, 249, ShardIteratorType.TRIM_HORIZON, null);
            assertEquals(List.of(item("a", "1"), item("b", "1")), records.stream().map(r -> r.dynamodb().newImage()).toList());
            assertEquals(List.of(), read(client, endpoint, 248, ShardIteratorType.TRIM_HORIZON, null));
        }
    }

    @Test
    void theStreamIsListedAndDescribedInPages() throws Exception {
        var shards = IntStream.range(0, 250).mapToObj(LiveShard::new).toList();
        try (var endpoint = StreamsEndpoint.start(TABLE, shards); var client = client(endpoint)) {
            assertEquals(endpoint.streamArn(), client.listStreams(list -> list.tableName(TABLE)).streams().get(0).streamArn());
            var ids = new ArrayList<String>();
            String after = null;
            do {
                var start = after;
                var page = client.describeStream(d -> d.streamArn(endpoint.streamArn()).exclusiveStartShardId(start))
                        .streamDescription();
                ids.addAll(page.shards().stream().map(Shard::shardId).toList());
                after = page.lastEvaluatedShardId();
            } while (after != null);
            assertEquals(IntStream.range(0, 250).mapToObj(endpoint::shardId).toList(), ids);
        }
    }

    private static List<Record> read(DynamoDbStreamsClient client, StreamsEndpoint endpoint, int shard, ShardIteratorType type,
            String sequenceNumber) {
        var records = new ArrayList<Record>();
        var iterator = client.getShardIterator(get -> get.streamArn(endpoint.streamArn()).shardId(endpoint.shardId(shard))
                .shardIteratorType(type).sequenceNumber(sequenceNumber)).shardIterator();
        while (true) {
            var from = iterator;
            var page = client.getRecords(get -> get.shardIterator(from));
            if (page.records().isEmpty()) {
                return records;
            }
            records.addAll(page.records());
            iterator = page.nextShardIterator();
        }
    }

    private static Map<String, AttributeValue> item(String key, String version) {
        return Map.of("pk", AttributeValue.fromS(key), "sk", AttributeValue.fromS("METADATA"),
                "version", AttributeValue.fromN(version));
    }

    private static DynamoDbStreamsClient client(StreamsEndpoint endpoint) {
        return DynamoDbStreamsClient.builder().endpointOverride(endpoint.uri()).region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))).build();
    }
}
