package io.distributary.deadletter;

import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.distributary.deadletter.store.DeadLetterStore;
import io.distributary.deadletter.store.DeadLetterStores;
import io.distributary.deadletter.store.RefusedEntry;
import io.distributary.deadletter.store.StoredDeadLetter;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.distributary.sandbox.fault.FaultProxy;
import io.distributary.sns.SnsComponent;
import io.distributary.sns.SnsConfiguration;
import io.distributary.sqs.SqsComponent;
import io.distributary.sqs.SqsConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * A table whose target refuses everything, while the dead letters' own destination is gone and comes back: the shard waits, also
 * over a restart, and every dead letter is stored, read back and removed.
 */
@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.S3})
class DeadLetterDestinationsIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int RECORDS = 20;

    private final String name = Stack.uniqueName("letters");
    private final AtomicInteger refused = new AtomicInteger();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();
    private DefaultCamelContext context;
    private FaultProxy proxy;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        if (context != null) {
            context.stop();
        }
        if (proxy != null) {
            proxy.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whileTheDestinationIsGoneTheShardWaitsAndNothingIsLost(Destination destination, Stack stack) throws Exception {
        stack.createTable(name, StreamViewType.NEW_AND_OLD_IMAGES);
        destination.create(stack, name);
        if (destination.service() != null) {
            URI server = stack.endpoint(destination.service());
            proxy = new FaultProxy(server.getHost(), server.getPort());
        }
        start(destination, stack);
        down();
        IntStream.range(0, RECORDS).forEach(i -> put(stack, "ORDER#" + i));

        await().atMost(LIMIT).until(() -> attempts.size() == RECORDS && attempts.values().stream().allMatch(count -> count > 1));
        context.stop();
        assertTrue(context.isStopped());

        up();
        start(destination, stack);
        Set<String> wanted = IntStream.range(0, RECORDS).mapToObj(i -> "ORDER#" + i + "|METADATA").collect(toSet());
        Set<String> found = ConcurrentHashMap.newKeySet();
        List<RefusedEntry> none = new ArrayList<>();
        // the stream is made with the first dead letter
        await().atMost(LIMIT).ignoreExceptionsMatching(e -> e.getMessage().startsWith("There is no JetStream stream")).until(() -> {
            read(destination, none, found);
            return found.equals(wanted);
        });
        assertEquals(List.of(), none);
    }

    private void read(Destination destination, List<RefusedEntry> none, Set<String> found) {
        if (destination == Destination.FILE && !Files.exists(file())) {
            return;
        }
        try (DeadLetterStore store = DeadLetterStores.open(context, destination.store(name, file()), none::add)) {
            while (store.hasNext()) {
                StoredDeadLetter letter = store.next();
                DeadLetterSchema.check(letter.letter().json());
                assertEquals(letter.letter().eventId(), letter.letter().event().eventId());
                found.add(letter.letter().itemKey());
                store.remove(letter);
            }
        }
    }

    private Path file() {
        return folder.resolve("dead-letters.jsonl");
    }

    private void down() throws IOException {
        if (proxy != null) {
            proxy.down();
        } else {
            Files.createDirectory(file());
        }
    }

    private void up() throws IOException {
        if (proxy != null) {
            proxy.up();
        } else {
            Files.delete(file());
        }
    }

    private void start(Destination destination, Stack stack) throws Exception {
        context = new DefaultCamelContext();
        stack.settings(Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.S3)
                .forEach(context.getPropertiesComponent()::addInitialProperty);
        if (proxy != null) {
            context.getPropertiesComponent().addInitialProperty(destination.service().setting().key(),
                    stack.endpoint(destination.service()).getScheme() + "://127.0.0.1:" + proxy.port());
        }
        impatient(context);
        KameletComponent kamelets = new KameletComponent();
        kamelets.setLocation("file:kamelets");
        kamelets.setNoErrorHandler(true);
        context.addComponent("kamelet", kamelets);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                DeadLetterChannelBuilder channel = deadLetterChannel(destination.uri(name, file()));
                channel.deadLetterHandleNewException(false).onExceptionOccurred(new FailureTracker()).maximumRedeliveries(0);
                errorHandler(channel);
                from("aws2-ddbstream:" + name + "?streamIteratorType=FROM_START&checkpointInterval=50&checkpointDirectory="
                        + folder.resolve("checkpoints")).routeId(name).process(exchange -> {
                            attempts.merge(exchange.getMessage().getHeader(ChangeEventHeaders.EVENT_ID, exchange.getExchangeId(), String.class), 1, Integer::sum);
                            throw new IllegalStateException("refused " + refused.incrementAndGet());
                        });
            }
        });
        context.start();
    }

    /** Gives up soon, so that it is the exchange that fails and the source that tries again. */
    private static void impatient(CamelContext context) {
        ((SqsConfiguration) context.getComponent("aws2-sqs", SqsComponent.class).getConfiguration()).setRetryTimeout(100);
        ((SnsConfiguration) context.getComponent("aws2-sns", SnsComponent.class).getConfiguration()).setRetryTimeout(100);
    }

    private void put(Stack stack, String partitionKey) {
        stack.dynamoDb().putItem(put -> put.tableName(name).item(Map.of("pk", AttributeValue.fromS(partitionKey),
                "sk", AttributeValue.fromS("METADATA"), "total", AttributeValue.fromN("1"))));
    }
}
