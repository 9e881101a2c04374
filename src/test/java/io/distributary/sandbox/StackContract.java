package io.distributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What every stack offers, whatever runs it. */
abstract class StackContract {

    @Test
    void changesOfATableAreReadFromItsStream(Stack stack) {
        var table = Stack.uniqueName("orders");
        var stream = stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        stack.dynamoDb().putItem(put -> put.tableName(table).item(Map.of("pk", AttributeValue.fromS("ORDER#1"),
                "sk", AttributeValue.fromS("METADATA"), "total", AttributeValue.fromN("12.5"))));

        var shard = stack.dynamoDbStreams().describeStream(d -> d.streamArn(stream)).streamDescription().shards()
                .get(0);
        var records = new ArrayList<Record>();
        var iterator = stack.dynamoDbStreams().getShardIterator(g -> g.streamArn(stream).shardId(shard.shardId())
                .shardIteratorType(ShardIteratorType.TRIM_HORIZON)).shardIterator();
        var next = new String[] {iterator};
        Awaitility.await().until(() -> {
            var page = stack.dynamoDbStreams().getRecords(g -> g.shardIterator(next[0]));
            records.addAll(page.records());
            next[0] = page.nextShardIterator();
            return !records.isEmpty();
        });

        assertEquals("INSERT", records.get(0).eventNameAsString());
        assertEquals("12.5", records.get(0).dynamodb().newImage().get("total").n());
    }

    @Test
    void aMessageSentToAQueueIsReceived(Stack stack) {
        var queue = stack.sqs().createQueue(create -> create.queueName(Stack.uniqueName("orders"))).queueUrl();
        stack.sqs().sendMessage(send -> send.queueUrl(queue).messageBody("hello"));

        var messages = stack.sqs().receiveMessage(receive -> receive.queueUrl(queue).waitTimeSeconds(5)).messages();
        assertEquals(List.of("hello"), messages.stream().map(message -> message.body()).toList());
    }

    @Test
    void aMessagePublishedToATopicReachesItsQueue(Stack stack) {
        var name = Stack.uniqueName("orders");
        var topic = stack.sns().createTopic(create -> create.name(name)).topicArn();
        var queue = stack.sqs().createQueue(create -> create.queueName(name)).queueUrl();
        var queueArn = stack.sqs().getQueueAttributes(get -> get.queueUrl(queue)
                .attributeNames(QueueAttributeName.QUEUE_ARN)).attributes().get(QueueAttributeName.QUEUE_ARN);
        stack.sns().subscribe(subscribe -> subscribe.topicArn(topic).protocol("sqs").endpoint(queueArn)
                .attributes(Map.of("RawMessageDelivery", "true")));

        stack.sns().publish(publish -> publish.topicArn(topic).message("hello"));

        var messages = stack.sqs().receiveMessage(receive -> receive.queueUrl(queue).waitTimeSeconds(5)).messages();
        assertEquals(List.of("hello"), messages.stream().map(message -> message.body()).toList());
    }

    @Test
    void anObjectIsStoredIfItsChecksumIsRight(Stack stack) {
        var bucket = Stack.uniqueName("claims");
        stack.s3().createBucket(create -> create.bucket(bucket));
        var payload = "{\"a\":1}".repeat(100_000);
        var ofAnother = Base64.getEncoder().encodeToString(HexFormat.of().parseHex("ab".repeat(32)));

        // once with the checksum that the SDK makes of its own accord, sent after the body
        stack.s3().putObject(put -> put.bucket(bucket).key("orders/e 1-ü").contentType("application/json"),
                RequestBody.fromString(payload));

        var object = stack.s3().getObjectAsBytes(get -> get.bucket(bucket).key("orders/e 1-ü"));
        assertEquals(payload, object.asUtf8String());
        assertEquals("application/json", object.response().contentType());
        assertEquals(700_000, stack.s3().headObject(head -> head.bucket(bucket).key("orders/e 1-ü")).contentLength());
        assertThrows(NoSuchKeyException.class, () -> stack.s3().getObject(get -> get.bucket(bucket).key("orders/e2")));
        assertThrows(NoSuchBucketException.class, () -> stack.s3().putObject(put -> put.bucket(Stack.uniqueName("no")).key("k"),
                RequestBody.fromString(payload)));
        var refused = assertThrows(S3Exception.class, () -> stack.s3().putObject(put -> put.bucket(bucket).key("bad")
                .checksumSHA256(ofAnother), RequestBody.fromString(payload)));
        assertEquals(400, refused.statusCode());
    }

    @Test
    void aRepeatedMessageIdIsStoredOnce(Stack stack) throws IOException, JetStreamApiException {
        var name = Stack.uniqueName("orders");
        stack.nats().jetStreamManagement().addStream(StreamConfiguration.builder().name(name).subjects(name + ".>")
                .storageType(StorageType.File).build());
        var options = PublishOptions.builder().messageId("event-1").build();

        var first = stack.nats().jetStream().publish(name + ".order", new byte[] {1}, options);
        var second = stack.nats().jetStream().publish(name + ".order", new byte[] {1}, options);

        assertFalse(first.isDuplicate());
        assertTrue(second.isDuplicate());
        assertEquals(1, stack.nats().jetStreamManagement().getStreamInfo(name).getStreamState().getMsgCount());
    }

    @Test
    void anIndexedDocumentIsFound(Stack stack) {
        var index = Stack.uniqueName("orders");
        var put = stack.openSearch().send("PUT", "/" + index + "/_doc/ORDER%231%7CMETADATA", "{\"total\": 12.50}");

        assertEquals(201, put.status());
        var document = stack.openSearch().get(index, "ORDER#1|METADATA").orElseThrow();
        assertEquals(12.5, document.at("/_source/total").asDouble());
        assertEquals(1, stack.openSearch().count(index));
        stack.openSearch().deleteIndex(index);
        assertEquals(0, stack.openSearch().count(index));
    }
}
