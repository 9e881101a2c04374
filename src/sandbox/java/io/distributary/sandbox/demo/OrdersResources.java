package io.distributary.sandbox.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.distributary.sandbox.Stack;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.CompressionOption;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The table, queues, topic, stream and index that the shipped application.properties names.
 *
 * @param streamArn       the table's stream
 * @param queueUrl        the queue orders are fanned out to
 * @param subscriberUrl   a queue subscribed to the topic: what a subscriber sees
 * @param deadLetterUrl   the dead letter queue
 */
record OrdersResources(String streamArn, String queueUrl, String subscriberUrl, String deadLetterUrl) {
    static final String TABLE = "orders";
    static final String TOPIC = "orders";
    static final String QUEUE = "orders";
    static final String STREAM = "orders";
    static final String SUBJECTS = "orders.>";
    static final String INDEX = "orders";
    static final String DEAD_LETTER_QUEUE = "orders-dead-letters";

    /** The index knows that a total is a number, so it refuses the poison record. */
    private static final String MAPPING = """
            {"settings": {"number_of_shards": 1, "number_of_replicas": 0},
             "mappings": {"properties": {"pk": {"type": "keyword"}, "sk": {"type": "keyword"}, "total": {"type": "double"}}}}
            """;

    static OrdersResources create(Stack stack) throws IOException, JetStreamApiException {
        String streamArn = stack.createTable(TABLE, StreamViewType.NEW_AND_OLD_IMAGES);
        String queue = queue(stack, QUEUE);
        String subscriber = queue(stack, "orders-topic-subscriber");
        String deadLetters = queue(stack, DEAD_LETTER_QUEUE);
        String topicArn = stack.sns().createTopic(topic -> topic.name(TOPIC)).topicArn();
        String subscriberArn = stack.sqs().getQueueAttributes(request -> request.queueUrl(subscriber)
                .attributeNames(QueueAttributeName.QUEUE_ARN)).attributes().get(QueueAttributeName.QUEUE_ARN);
        stack.sns().subscribe(request -> request.topicArn(topicArn).protocol("sqs").endpoint(subscriberArn)
                .attributes(Map.of("RawMessageDelivery", "true")));
        stack.nats().jetStreamManagement().addStream(StreamConfiguration.builder()
                .name(STREAM).subjects(SUBJECTS).storageType(StorageType.File)
                .maxAge(Duration.ofDays(14)).duplicateWindow(Duration.ofMinutes(2))
                .compressionOption(CompressionOption.S2).build());
        var answer = stack.openSearch().send("PUT", "/" + INDEX, MAPPING);
        if (answer.status() != 200) {
            throw new IOException("OpenSearch did not create the index: " + answer.body());
        }
        return new OrdersResources(streamArn, queue, subscriber, deadLetters);
    }

    private static String queue(Stack stack, String name) {
        return stack.sqs().createQueue(queue -> queue.queueName(name)).queueUrl();
    }
}
