package io.distributary.sandbox.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.PushSubscribeOptions;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Consumers at the targets, as their owners would run them: each message is taken, noted and acknowledged. */
final class TargetConsumers implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EVENT_ID = "/event_id";

    private final List<Thread> pollers = new ArrayList<>();
    private volatile boolean closed;

    /** Takes everything from a queue. */
    void queue(SqsClient client, String queueUrl, Arrivals arrivals) {
        Thread poller = new Thread(() -> {
            while (!closed) {
                try {
                    List<Message> messages = client.receiveMessage(request -> request.queueUrl(queueUrl)
                            .maxNumberOfMessages(10).waitTimeSeconds(1)).messages();
                    for (Message message : messages) {
                        arrivals.arrived(eventId(message.body()), message.body());
                        client.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
                    }
                } catch (SdkException e) {
                    if (!closed) {
                        throw e;
                    }
                }
            }
        }, "demo-" + arrivals.target());
        poller.setDaemon(true);
        poller.start();
        pollers.add(poller);
    }

    /** Takes everything that a JetStream stream holds and will hold on a subject. */
    void stream(Connection connection, String subject, Arrivals arrivals) throws IOException, JetStreamApiException {
        Dispatcher dispatcher = connection.createDispatcher();
        connection.jetStream().subscribe(subject, dispatcher, message -> {
            String payload = new String(message.getData(), java.nio.charset.StandardCharsets.UTF_8);
            arrivals.arrived(eventId(payload), payload);
            message.ack();
        }, false, PushSubscribeOptions.builder().build());
    }

    private static String eventId(String payload) {
        try {
            JsonNode id = JSON.readTree(payload).at(EVENT_ID);
            if (id.isMissingNode()) {
                throw new IllegalStateException("no " + EVENT_ID + " in " + payload);
            }
            return id.asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + payload, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread poller : pollers) {
            try {
                poller.join(Duration.ofSeconds(3).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
