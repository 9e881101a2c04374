package io.distributary.aws;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.distributary.coalesce.DeliveryException;
import io.distributary.event.ChangeEvent;
import io.distributary.routes.Changes;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.fault.FaultProxy;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What becomes of messages while the server, or the way to it, fails: against a real server behind a proxy. */
public abstract class BatchTargetFaultsContract {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String ATTRIBUTES = "messageAttributeHeaders=event_id,number:Number,item";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Service service;
    protected Stack stack;
    private FaultProxy proxy;
    private String queueUrl;

    /** @param service where the messages are sent to; in the end they are in a queue */
    protected BatchTargetFaultsContract(Service service) {
        this.service = service;
    }

    /** Makes what is sent to, which must deliver into the queue; returns the endpoint's URI without options. */
    protected abstract String target(String name, String queueArn);

    @BeforeEach
    void settings(Stack shared) {
        stack = shared;
        proxy = new FaultProxy(stack.endpoint(service).getHost(), stack.endpoint(service).getPort());
        stack.settings(service).forEach(context.getPropertiesComponent()::addInitialProperty);
        context.getPropertiesComponent().addInitialProperty(
                service == Service.SQS ? "aws.endpoint.sqs" : "aws.endpoint.sns", "http://127.0.0.1:" + proxy.port());
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        proxy.close();
    }

    private Sending sending(boolean fifo, String options) throws Exception {
        String name = Stack.uniqueName("faults") + (fifo ? ".fifo" : "");
        SqsClient sqs = stack.sqs();
        queueUrl = sqs.createQueue(request -> {
            request.queueName(name);
            if (fifo) {
                request.attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
            }
        }).queueUrl();
        String arn = sqs.getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
        return new Sending(context, target(name, arn) + "?" + ATTRIBUTES + options);
    }

    private static CompletableFuture<Exchange> send(Sending sending, String item, int number) {
        return sending.send(Changes.of("MODIFY", item), Map.of("item", item, "number", number));
    }

    /** Takes this many messages out of the queue, and what comes after them at once. */
    private List<Message> received(int atLeast) {
        List<Message> all = new ArrayList<>();
        await().atMost(LIMIT).pollInterval(Duration.ZERO).pollDelay(Duration.ZERO).until(() -> {
            List<Message> some = stack.sqs().receiveMessage(request -> request.queueUrl(queueUrl).maxNumberOfMessages(10)
                    .messageAttributeNames("All").waitTimeSeconds(1)).messages();
            all.addAll(some);
            if (!some.isEmpty()) {
                stack.sqs().deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(IntStream.range(0, some.size())
                        .mapToObj(i -> DeleteMessageBatchRequestEntry.builder().id("" + i).receiptHandle(some.get(i).receiptHandle())
                                .build()).toList()));
            }
            return some.isEmpty() && all.size() >= atLeast;
        });
        return all;
    }

    private static String attribute(Message message, String name) {
        return message.messageAttributes().get(name).stringValue();
    }

    @Test
    void anAnswerLostAfterTheServerStoredItMakesNoDuplicateInFifo() throws Exception {
        Sending sending = sending(true, "&requestTimeout=2000");
        proxy.loseAnswers(true);
        CompletableFuture<Exchange> exchange = send(sending, "a", 1);
        await().atMost(LIMIT).until(() -> proxy.swallowed() > 0);
        assertFalse(exchange.isDone());
        proxy.loseAnswers(false);
        assertNull(exchange.get(90, TimeUnit.SECONDS).getException());
        assertEquals(1, received(1).size());
    }

    @Test
    void elsewhereTheDuplicateIsRecognisable() throws Exception {
        Sending sending = sending(false, "&requestTimeout=2000");
        proxy.loseAnswers(true);
        CompletableFuture<Exchange> exchange = send(sending, "a", 1);
        await().atMost(LIMIT).until(() -> proxy.swallowed() > 0);
        proxy.loseAnswers(false);
        assertNull(exchange.get(90, TimeUnit.SECONDS).getException());
        List<Message> messages = received(2);
        String id = exchange.get().getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class).eventId();
        assertTrue(messages.size() >= 2, "stored by both requests");
        messages.forEach(message -> {
            assertEquals(id, attribute(message, "event_id"));
            assertTrue(message.body().contains("\"event_id\":\"" + id + "\""), message.body());
        });
    }

    @Test
    void aConnectionResetInMidRequestLosesNothing() throws Exception {
        Sending sending = sending(true, "");
        assertNull(send(sending, "warm", 1).get(90, TimeUnit.SECONDS).getException());
        proxy.resetOnce(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("second"));
        assertNull(send(sending, "second", 1).get(90, TimeUnit.SECONDS).getException());
        assertEquals(List.of("second", "warm"), received(2).stream().map(message -> attribute(message, "item")).sorted().toList());
    }

    @Test
    void aServerThatTakesButDoesNotAnswerIsGivenUpAfterTheRequestTimeout() throws Exception {
        Sending sending = sending(true, "&requestTimeout=1000&retryTimeout=1500");
        proxy.silent(true);
        DeliveryException failure = assertInstanceOf(DeliveryException.class,
                send(sending, "a", 1).get(90, TimeUnit.SECONDS).getException());
        assertFalse(failure.isPermanent());
    }

    @Test
    void messagesWaitForAServerThatIsGoneAndComesBack() throws Exception {
        Sending sending = sending(true, "&retryTimeout=90000");
        proxy.down();
        for (int i = 0; i < 100; i++) {
            send(sending, "i" + i % 20, i);
        }
        CompletableFuture<Exchange> last = send(sending, "last", 1);
        await().pollDelay(Duration.ofSeconds(3)).atMost(LIMIT).until(() -> !last.isDone());
        proxy.up();
        sending.all().forEach(exchange -> assertNull(exchange.getException()));
        inOrderAndNoneMissing(received(101), 101);
    }

    @Test
    void tenThousandArriveInOrderThroughASlowLineThatBreaks() throws Exception {
        Sending sending = sending(true, "&retryTimeout=90000");
        proxy.latency(Duration.ofMillis(5));
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            String item = "i" + i % 200;
            send(sending, item, numbers.merge(item, 1, Integer::sum));
            if (i % 2_500 == 1_000) {
                proxy.resetAll();
            }
        }
        sending.all().forEach(exchange -> assertNull(exchange.getException()));
        inOrderAndNoneMissing(received(10_000), 10_000);
    }

    private static void inOrderAndNoneMissing(List<Message> messages, int count) {
        assertEquals(count, messages.size());
        assertEquals(count, messages.stream().map(message -> attribute(message, "event_id")).distinct().count());
        messages.stream().collect(Collectors.groupingBy(message -> attribute(message, "item"), TreeMap::new,
                Collectors.mapping(message -> Integer.valueOf(attribute(message, "number")), Collectors.toList())))
                .forEach((item, numbers) -> assertEquals(numbers.stream().sorted().toList(), numbers, item));
    }
}
