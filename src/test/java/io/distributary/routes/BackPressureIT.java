package io.distributary.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.distributary.event.ChangeEventHeaders;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.distributary.sandbox.fault.FaultProxy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A target that answers nothing stops the reading, and everything arrives when it answers again; also when the target was gone
 * for longer than its producer tries ({@code -Doutage.seconds=35}; 2 in the build).
 */
@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.OPENSEARCH})
class BackPressureIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int RECORDS = 1_000;
    private static final int MAX_IN_FLIGHT = 64;
    private static final int PAGE = 100;
    /** The window, the backlog that one page may fill, and the page under way. */
    private static final int MOST_READ = MAX_IN_FLIGHT + 2 * PAGE;

    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("outage.seconds", 2));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final String name = Stack.uniqueName("pressure");
    private FaultProxy proxy;

    @TempDir
    private Path checkpoints;

    @AfterEach
    void stop() {
        context.stop();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void aSilentTargetStopsTheReadingAndLosesNothing(SinkTarget target, Stack stack) throws Exception {
        deliverOne(target, stack);

        proxy.silent(true);
        put(stack, 1, RECORDS);
        await().atMost(LIMIT).until(() -> read() > MAX_IN_FLIGHT);
        await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(() -> read() <= 1 + MOST_READ);
        assertTrue(delivered.size() <= 1, "delivered by a target that does not answer: " + delivered.size());

        proxy.silent(false);
        proxy.resetAll();
        await().atMost(LIMIT).until(() -> delivered.size() == RECORDS);
    }

    @ParameterizedTest
    @EnumSource
    void aTargetThatIsGoneForAWhileGetsEverythingAfterwards(SinkTarget target, Stack stack) throws Exception {
        deliverOne(target, stack);

        proxy.down();
        put(stack, 1, RECORDS);
        await().during(OUTAGE).atMost(OUTAGE.plus(LIMIT)).until(() -> delivered.size() <= 1 && read() <= 1 + MOST_READ);

        proxy.up();
        await().atMost(LIMIT).until(() -> delivered.size() == RECORDS);
    }

    private void deliverOne(SinkTarget target, Stack stack) throws Exception {
        URI server = stack.endpoint(target.service());
        proxy = new FaultProxy(server.getHost(), server.getPort());
        stack.createTable(name, StreamViewType.NEW_IMAGE);
        target.create(stack, name);
        start(stack, target);
        put(stack, 0, 1);
        await().atMost(LIMIT).until(() -> delivered.size() == 1);
    }

    private double read() {
        return meters.get("distributary.source.records").counter().count();
    }

    private void start(Stack stack, SinkTarget target) throws Exception {
        for (Service service : List.of(Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.OPENSEARCH)) {
            stack.settings(service).forEach(context.getPropertiesComponent()::addInitialProperty);
        }
        target.at(stack.endpoint(target.service()).getScheme() + "://127.0.0.1:" + proxy.port(), context);
        context.getRegistry().bind("meters", meters);
        KameletComponent kamelets = new KameletComponent();
        kamelets.setLocation("file:kamelets");
        kamelets.setNoErrorHandler(true);
        context.addComponent("kamelet", kamelets);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("aws2-ddbstream:" + name + "?streamIteratorType=FROM_START&maxInFlight=" + MAX_IN_FLIGHT
                        + "&maxResultsPerRequest=" + PAGE + "&checkpointDirectory=" + checkpoints).routeId(name)
                        .to(target.uri(name))
                        .process(exchange -> delivered.add(exchange.getMessage().getHeader(ChangeEventHeaders.EVENT_ID, String.class)));
            }
        });
        context.start();
    }

    private void put(Stack stack, int from, int to) {
        for (int first = from; first < to; first += 25) {
            List<WriteRequest> writes = new ArrayList<>();
            for (int i = first; i < Math.min(to, first + 25); i++) {
                Map<String, AttributeValue> item = Map.of("pk", AttributeValue.fromS("ORDER#" + i), "sk", AttributeValue.fromS("METADATA"),
                        "total", AttributeValue.fromN(Integer.toString(i)));
                writes.add(WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build());
            }
            stack.dynamoDb().batchWriteItem(batch -> batch.requestItems(Map.of(name, writes)));
        }
    }
}
