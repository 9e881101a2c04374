package io.distributary.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.ddbstream.LastRecords;
import io.distributary.diagnosis.ExitCode;
import io.distributary.event.ChangeEvent;
import io.distributary.event.input.StreamEvents;
import io.distributary.feed.FedContext;
import io.distributary.feed.Senders;
import io.distributary.replay.DeadLetterCount;
import io.distributary.replay.Replay;
import io.distributary.sandbox.Stack;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.service.ServiceHelper;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Orders in a table whose changes went through the shipped route, of which a part failed at one target each: order k at target k % 4.
 * The first orders failed with both of their changes, and nothing came after; the next with the first of two; the last with the first
 * two of three. So the dead letters of the first may go, those of the others only to a target that has versions.
 */
final class FailedOrders {
    static final List<String> TARGETS = List.of("aws2-sqs", "aws2-sns", "nats", "opensearch");
    private static final int BATCH = 25;
    private static final ObjectMapper JSON = new ObjectMapper();

    final String name = Stack.uniqueName("redrive");
    final int current;
    final int overtakenByOne;
    final int overtakenAfterTwo;
    private final Stack stack;
    private final Path folder;
    private final String queue;
    private final String subscriber;
    private int seen;

    /** What a target has got. */
    record Arrived(int order, int version) {
    }

    FailedOrders(Stack stack, Path folder, int current, int overtakenByOne, int overtakenAfterTwo) throws Exception {
        this.stack = stack;
        this.folder = folder;
        this.current = current;
        this.overtakenByOne = overtakenByOne;
        this.overtakenAfterTwo = overtakenAfterTwo;
        queue = queue(name);
        subscriber = queue(name + "-subscriber");
        stack.createTable(name, StreamViewType.NEW_AND_OLD_IMAGES);
        String topic = stack.sns().createTopic(create -> create.name(name)).topicArn();
        String subscriberArn = stack.sqs().getQueueAttributes(get -> get.queueUrl(subscriber).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
        stack.sns().subscribe(subscribe -> subscribe.topicArn(topic).protocol("sqs").endpoint(subscriberArn)
                .attributes(Map.of("RawMessageDelivery", "true")));
        // it shall not drop repeats: they are counted
        stack.nats().jetStreamManagement().addStream(StreamConfiguration.builder().name(name).subjects(name + ".>")
                .storageType(StorageType.Memory).duplicateWindow(Duration.ofMillis(100)).build());
    }

    private String queue(String queueName) {
        return stack.sqs().createQueue(create -> create.queueName(queueName)).queueUrl();
    }

    int orders() {
        return current + overtakenByOne + overtakenAfterTwo;
    }

    /** The route files and settings, with dead letters going there. */
    void configure(String deadLetterUri) throws Exception {
        Files.createDirectories(folder.resolve("routes"));
        for (String file : List.of("error-handling.camel.yaml", "orders-fanout.camel.yaml")) {
            Files.copy(Path.of("routes", file), folder.resolve("routes").resolve(file));
        }
        Files.writeString(folder.resolve("application.properties"), stack.settings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue()).collect(Collectors.joining("\n")) + """

                camel.component.kamelet.no-error-handler=true
                distributary.java-routes=false
                dead-letter.redelivery-delay=1
                orders.table=%1$s
                orders.topic=%1$s
                orders.queue=%1$s
                orders.stream=%1$s
                orders.subject-prefix=%1$s
                orders.index=%1$s
                dead-letter.uri=%2$s
                """.formatted(name, deadLetterUri));
    }

    /** How many changes the order has; those up to {@link #failed} failed at its target. */
    int versions(int order) {
        return order < current + overtakenByOne ? 2 : 3;
    }

    int failed(int order) {
        return order < current || order >= current + overtakenByOne ? 2 : 1;
    }

    static String target(int order) {
        return TARGETS.get(order % TARGETS.size());
    }

    int deadLetters() {
        return IntStream.range(0, orders()).map(this::failed).sum();
    }

    /** A dead letter that may be sent. */
    boolean mayGo(int order) {
        return order < current || target(order).equals("opensearch");
    }

    void write() {
        for (int version = 1; version <= 3; version++) {
            int now = version;
            List<WriteRequest> writes = IntStream.range(0, orders()).filter(order -> versions(order) >= now)
                    .mapToObj(order -> WriteRequest.builder().putRequest(PutRequest.builder().item(item(order, now)).build()).build()).toList();
            for (int i = 0; i < writes.size(); i += BATCH) {
                List<WriteRequest> batch = writes.subList(i, Math.min(writes.size(), i + BATCH));
                stack.dynamoDb().batchWriteItem(write -> write.requestItems(Map.of(name, batch)));
            }
        }
    }

    private static Map<String, AttributeValue> item(int order, int version) {
        return Map.of("pk", AttributeValue.fromS("ORDER#" + order), "sk", AttributeValue.fromS("METADATA"),
                "order", AttributeValue.fromN(Integer.toString(order)), "version", AttributeValue.fromN(Integer.toString(version)));
    }

    /** Leads all changes through the route, and has them fail as they shall. */
    void deliver() throws Exception {
        int changes = IntStream.range(0, orders()).map(this::versions).sum();
        List<String> problems = new ArrayList<>();
        RunOptions options = CommandLine.populateCommand(new RunOptions(), "--config", folder.resolve("application.properties").toString(),
                "--routes", folder.resolve("routes").toString(), "--kamelets", "kamelets");
        ExitCode code = new FedRoutes(options, () -> new FedContext(this::failing), context -> { }, problems::add)
                .run("orders-fanout", (context, feed) -> {
                    new Replay(feed, new DeadLetterCount(), 256, 0, 0)
                            .run(StreamEvents.of(LastRecords.read(context, name, changes)).iterator(), so -> { });
                    return ExitCode.OK;
                });
        if (code != ExitCode.OK) {
            throw new IllegalStateException(problems.toString());
        }
    }

    private AsyncProducer failing(Endpoint endpoint, Endpoint behind) throws Exception {
        AsyncProducer real = Senders.REAL.producer(endpoint, behind);
        String scheme = endpoint.getEndpointUri().replaceFirst(":.*", "");
        boolean deadLetters = endpoint.getEndpointUri().contains("-dead");
        return new DefaultAsyncProducer(behind) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                if (!deadLetters && fails(scheme, exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class))) {
                    exchange.setException(new IllegalStateException(scheme + " is down"));
                    callback.done(true);
                    return true;
                }
                return real.process(exchange, callback);
            }

            @Override
            protected void doStart() {
                ServiceHelper.startService(real);
            }

            @Override
            protected void doStop() {
                ServiceHelper.stopService(real);
            }
        };
    }

    private boolean fails(String scheme, ChangeEvent event) {
        int order = Integer.parseInt(event.newImage().get("order").n());
        return scheme.equals(target(order)) && Integer.parseInt(event.newImage().get("version").n()) <= failed(order);
    }

    /** What has arrived since it was last asked at each of the three that keep every message, in the order of arrival. */
    Map<String, List<Arrived>> arrived() throws Exception {
        Map<String, List<Arrived>> all = new HashMap<>();
        all.put("aws2-sqs", drained(queue));
        all.put("aws2-sns", drained(subscriber));
        JetStreamSubscription subscription = stack.nats().jetStream().subscribe(null, PullSubscribeOptions.builder().stream(name).build());
        List<Arrived> published = new ArrayList<>();
        long count = stack.nats().jetStreamManagement().getStreamInfo(name).getStreamState().getMsgCount();
        while (published.size() < count) {
            for (Message message : subscription.fetch(500, Duration.ofSeconds(10))) {
                published.add(arrived(new String(message.getData(), StandardCharsets.UTF_8)));
                message.ack();
            }
        }
        subscription.unsubscribe();
        all.put("nats", List.copyOf(published.subList(seen, published.size())));
        seen = published.size();
        return all;
    }

    private List<Arrived> drained(String url) throws Exception {
        List<software.amazon.awssdk.services.sqs.model.Message> messages = new ArrayList<>();
        List<software.amazon.awssdk.services.sqs.model.Message> some;
        do {
            some = stack.sqs().receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(10)
                    .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP)).messages();
            some.forEach(message -> stack.sqs().deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle())));
            messages.addAll(some);
        } while (!some.isEmpty());
        messages.sort(Comparator.comparingLong(message -> Long.parseLong(
                message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP))));
        List<Arrived> arrived = new ArrayList<>();
        for (var message : messages) {
            arrived.add(arrived(message.body()));
        }
        return arrived;
    }

    private static Arrived arrived(String envelope) throws Exception {
        JsonNode image = JSON.readTree(envelope).path("new_image");
        return new Arrived(image.path("order").intValue(), image.path("version").intValue());
    }

    /** The version of each order's document, and how many writes the index has taken. */
    Map<Integer, Integer> documents() {
        stack.openSearch().send("POST", "/" + name + "/_refresh", null);
        Map<Integer, Integer> versions = new HashMap<>();
        JsonNode hits = stack.openSearch().send("GET", "/" + name + "/_search?size=10000", null).body().at("/hits/hits");
        hits.forEach(hit -> versions.put(hit.at("/_source/order").intValue(), hit.at("/_source/version").intValue()));
        return versions;
    }

    long indexed() {
        return stack.openSearch().send("GET", "/" + name + "/_stats/indexing", null).body().at("/_all/primaries/indexing/index_total").longValue();
    }
}
