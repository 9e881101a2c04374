package io.distributary.bench.faults;

import io.distributary.sandbox.OpenSearchHttp;
import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.Stack;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A table and what the shipped route carries its changes to, all of one new name: a FIFO topic with a FIFO queue that subscribes to it,
 * a FIFO queue, a JetStream stream, an index, and a dead letter queue.
 */
final class Resources {
    /** So short that JetStream stores every repeat, and it is counted; the kamelet's default is 2 minutes. */
    private static final Duration DUPLICATE_WINDOW = Duration.ofMillis(100);
    private static final String INDEX = """
            {"settings": {"number_of_shards": 1, "number_of_replicas": 0},
             "mappings": {"properties": {"pk": {"type": "keyword"}, "total": {"type": "double"}, "text": {"type": "keyword", "index": false, "doc_values": false}}}}
            """;

    private final String name = Stack.uniqueName("faults");
    private final Sandbox sandbox;
    private final Sandbox subscribers;
    private final String queueUrl;
    private final String subscriberUrl;
    private final String deadLetterUrl;

    /** @param subscribers holds SNS and its subscriber's queue, so that the queue's server may stop and the topic's go on */
    Resources(Sandbox sandbox, Sandbox subscribers) throws IOException, JetStreamApiException {
        this.sandbox = sandbox;
        this.subscribers = subscribers;
        sandbox.createTable(name, StreamViewType.NEW_AND_OLD_IMAGES);
        queueUrl = fifoQueue(sandbox.sqs());
        deadLetterUrl = sandbox.sqs().createQueue(queue -> queue.queueName(name + "-dead-letters")).queueUrl();
        subscriberUrl = fifoQueue(subscribers.sqs());
        var topic = subscribers.sns().createTopic(create -> create.name(name + ".fifo").attributes(Map.of("FifoTopic", "true"))).topicArn();
        var queueArn = subscribers.sqs().getQueueAttributes(get -> get.queueUrl(subscriberUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
        subscribers.sns().subscribe(subscribe -> subscribe.topicArn(topic).protocol("sqs").endpoint(queueArn)
                .attributes(Map.of("RawMessageDelivery", "true")));
        sandbox.nats().jetStreamManagement().addStream(StreamConfiguration.builder().name(name).subjects(name + ".>")
                .storageType(StorageType.File).duplicateWindow(DUPLICATE_WINDOW).build());
        var answer = sandbox.openSearch().send("PUT", "/" + name, INDEX);
        if (answer.status() != 200) {
            throw new IOException("OpenSearch did not create the index: " + answer.body());
        }
    }

    private String fifoQueue(SqsClient sqs) {
        return sqs.createQueue(queue -> queue.queueName(name + ".fifo").attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true"))).queueUrl();
    }

    String name() {
        return name;
    }

    String queueUrl() {
        return queueUrl;
    }

    String subscriberUrl() {
        return subscriberUrl;
    }

    String deadLetterUrl() {
        return deadLetterUrl;
    }

    SqsClient sqs() {
        return sandbox.sqs();
    }

    SqsClient subscriberSqs() {
        return subscribers.sqs();
    }

    Connection nats() {
        return sandbox.nats();
    }

    /** The number in each document of the index, by item. */
    Map<String, Integer> documents() {
        OpenSearchHttp openSearch = sandbox.openSearch();
        openSearch.count(name); // refreshes
        Map<String, Integer> numbers = new HashMap<>();
        for (var hit : openSearch.send("GET", "/" + name + "/_search?size=10000&_source=pk,number", null).body().at("/hits/hits")) {
            numbers.put(hit.at("/_source/pk").asText(), hit.at("/_source/number").asInt());
        }
        return numbers;
    }

    /** What the shipped application.properties leaves to the environment. */
    Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("ORDERS_TABLE", name);
        environment.put("ORDERS_TOPIC", name + ".fifo");
        environment.put("ORDERS_QUEUE", name + ".fifo");
        environment.put("ORDERS_STREAM", name);
        environment.put("ORDERS_SUBJECT_PREFIX", name);
        environment.put("ORDERS_INDEX", name);
        environment.put("DEAD_LETTER_QUEUE", name + "-dead-letters");
        return environment;
    }
}
