package io.distributary.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.sandbox.Stack;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The places of one test in a stack, under a name of their own, and what has arrived there. Not thread-safe. */
final class Deliveries {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Takes messages for ever: a second look must not see them again. */
    private static final int HIDDEN_SECONDS = 3600;

    final String name;
    final String streamArn;
    final List<software.amazon.awssdk.services.sqs.model.Message> queue = new ArrayList<>();
    final List<software.amazon.awssdk.services.sqs.model.Message> topic = new ArrayList<>();
    final List<software.amazon.awssdk.services.sqs.model.Message> deadLetters = new ArrayList<>();
    final List<Message> jetStream = new ArrayList<>();

    private final Stack stack;
    private final boolean fifo;
    private final String queueUrl;
    private final String topicQueueUrl;
    private String deadLetterQueueUrl;
    private io.nats.client.JetStreamSubscription subscription;

    Deliveries(Stack stack, boolean fifo) {
        this.stack = stack;
        this.fifo = fifo;
        name = Stack.uniqueName("orders");
        streamArn = stack.createTable(name, software.amazon.awssdk.services.dynamodb.model.StreamViewType.NEW_AND_OLD_IMAGES);
        queueUrl = createQueue(queueName());
        topicQueueUrl = createQueue(name + "-topic" + suffix());
        createDeadLetterQueue();
        String topicArn = stack.sns().createTopic(create -> create.name(queueName())
                .attributes(fifo ? Map.of("FifoTopic", "true") : Map.of())).topicArn();
        stack.sns().subscribe(subscribe -> subscribe.topicArn(topicArn).protocol("sqs").endpoint(arn(topicQueueUrl))
                .attributes(Map.of("RawMessageDelivery", "true")));
        var index = stack.openSearch().send("PUT", "/" + name, "{\"mappings\":{\"properties\":{\"total\":{\"type\":\"double\"}}}}");
        if (index.status() != 200) {
            throw new IllegalStateException("No index: " + index);
        }
    }

    /** The application's settings for these places. */
    Map<String, String> settings() {
        return Map.of("orders.table", name, "orders.queue", queueName(), "orders.topic", queueName(), "orders.stream", name,
                "orders.subject-prefix", name, "orders.index", name, "dead-letter.queue", deadLetterQueueName());
    }

    void createDeadLetterQueue() {
        deadLetterQueueUrl = createQueue(deadLetterQueueName());
    }

    void deleteDeadLetterQueue() {
        stack.sqs().deleteQueue(delete -> delete.queueUrl(deadLetterQueueUrl));
    }

    /** Adds what has arrived since the last look. */
    void look() {
        receive(queueUrl, queue);
        receive(topicQueueUrl, topic);
        lookForDeadLetters();
        lookAtJetStream();
    }

    void lookAtQueue() {
        receive(queueUrl, queue);
    }

    void lookForDeadLetters() {
        receive(deadLetterQueueUrl, deadLetters);
    }

    /** The records of the table's stream, read independently of what is under test. */
    List<Record> records() {
        DynamoDbStreamsClient streams = stack.dynamoDbStreams();
        List<Record> records = new ArrayList<>();
        streams.describeStream(describe -> describe.streamArn(streamArn)).streamDescription().shards().forEach(shard -> {
            String iterator = streams.getShardIterator(get -> get.streamArn(streamArn).shardId(shard.shardId())
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON)).shardIterator();
            while (iterator != null) {
                String next = iterator;
                var page = streams.getRecords(get -> get.shardIterator(next));
                records.addAll(page.records());
                iterator = page.records().isEmpty() ? null : page.nextShardIterator();
            }
        });
        return records;
    }

    /** {@code event_id} of each message, from its body. */
    static List<String> eventIds(List<software.amazon.awssdk.services.sqs.model.Message> messages) {
        return messages.stream().map(message -> json(message.body()).get("event_id").asText()).toList();
    }

    List<String> jetStreamEventIds() {
        return jetStream.stream().map(message -> json(new String(message.getData(), java.nio.charset.StandardCharsets.UTF_8))
                .get("event_id").asText()).toList();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON: " + text, e);
        }
    }

    private void lookAtJetStream() {
        try {
            if (subscription == null) {
                if (!stack.nats().jetStreamManagement().getStreamNames().contains(name)) {
                    return;
                }
                subscription = stack.nats().jetStream().subscribe(name + ".>", PullSubscribeOptions.builder().stream(name).build());
            }
            List<Message> batch;
            do {
                batch = subscription.fetch(500, Duration.ofMillis(300));
                batch.forEach(Message::ack);
                jetStream.addAll(batch);
            } while (!batch.isEmpty());
        } catch (IOException | io.nats.client.JetStreamApiException e) {
            throw new IllegalStateException("JetStream stream " + name, e);
        }
    }

    private void receive(String url, List<software.amazon.awssdk.services.sqs.model.Message> into) {
        List<software.amazon.awssdk.services.sqs.model.Message> batch;
        do {
            batch = stack.sqs().receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(10)
                    .visibilityTimeout(HIDDEN_SECONDS).messageAttributeNames("All").attributeNames(QueueAttributeName.ALL)).messages();
            into.addAll(batch);
            if (fifo) { // a group's next message comes when the one before is gone
                batch.forEach(message -> stack.sqs().deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle())));
            }
        } while (!batch.isEmpty());
    }

    private String createQueue(String queue) {
        return stack.sqs().createQueue(create -> create.queueName(queue)
                .attributes(fifo ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.of())).queueUrl();
    }

    private String arn(String url) {
        return stack.sqs().getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
    }

    private String queueName() {
        return name + suffix();
    }

    private String deadLetterQueueName() {
        return name + "-dead-letters" + suffix();
    }

    private String suffix() {
        return fifo ? ".fifo" : "";
    }
}
