package io.distributary.routes.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.distributary.LogLines;
import io.distributary.config.Setting;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.distributary.sandbox.fault.FaultProxy;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import org.apache.camel.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Routes edited while their target is gone: what the old route could not finish the new one delivers, each item's in order. */
@WithSandbox({Service.DYNAMODB, Service.NATS})
class LiveEditingOutageIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int ITEMS = 10;
    private static final int EACH = 20;
    private static final int DRAIN_SECONDS = 2;

    private final String name = Stack.uniqueName("outage");

    @TempDir
    Path folder;

    private Stack stack;
    private FaultProxy proxy;
    private EditedRoutes edited;

    @BeforeEach
    void start(Stack stack) throws Exception {
        this.stack = stack;
        URI nats = stack.endpoint(Service.NATS);
        proxy = new FaultProxy(nats.getHost(), nats.getPort());
        stack.createTable(name, StreamViewType.NEW_IMAGE);
        Map<String, String> settings = new HashMap<>(stack.settings(Service.DYNAMODB));
        settings.put(Setting.NATS_URL.key(), "nats://127.0.0.1:" + proxy.port());
        edited = new EditedRoutes(folder, Settling.DEFAULT, settings);
        edited.context().getShutdownStrategy().setTimeout(DRAIN_SECONDS);
        edited.kamelet("distributary-jetstream-sink", Files.readString(Path.of("kamelets/distributary-jetstream-sink.kamelet.yaml")));
        edited.route("main", route("first"));
        edited.start();
        put(1, 1);
        await().atMost(LIMIT).until(() -> !stored().isEmpty());
    }

    @AfterEach
    void stop() {
        edited.stop();
        proxy.close();
    }

    @Test
    void theNewRouteDeliversWhatTheOldOneCouldNotWhileTheTargetWasDown() throws Exception {
        proxy.down();
        put(2, EACH);
        awaitSomethingInFlight();
        replace("second");
        proxy.up();
        awaitAllInOrder("second");
    }

    @Test
    void theNewRouteDeliversWhatTheOldOneCouldNotWhileTheTargetWasSilent() throws Exception {
        proxy.silent(true);
        put(2, EACH);
        awaitSomethingInFlight();
        replace("second");
        proxy.silent(false);
        proxy.resetAll();
        awaitAllInOrder("second");
    }

    @Test
    void routesJoinedByDirectAreReplacedTogetherWhileTheTargetIsDown() throws Exception {
        Consumer single = consumer();
        edited.route("main", chain("first"));
        awaitReplaced(single);
        proxy.down();
        put(2, EACH);
        awaitSomethingInFlight();
        Consumer before = consumer();
        edited.route("main", chain("second"));
        awaitReplaced(before);
        proxy.up();
        awaitAllInOrder("second");
    }

    private void replace(String version) throws Exception {
        Consumer before = consumer();
        try (LogLines log = LogLines.of("io.distributary")) {
            edited.route("main", route(version));
            awaitReplaced(before);
            assertTrue(log.lines().stream().anyMatch(line -> line.contains("Route main is replaced with")), log.lines()::toString);
        }
    }

    private Consumer consumer() {
        return edited.context().getRoute("main").getConsumer();
    }

    private void awaitSomethingInFlight() {
        await().atMost(LIMIT).until(() -> edited.context().getInflightRepository().size("main") > 0);
    }

    private void awaitReplaced(Consumer before) {
        await().atMost(LIMIT).until(() -> edited.context().getRoute("main") != null && consumer() != before
                && edited.context().getRouteController().getRouteStatus("main").isStarted());
    }

    /** JetStream leaves out what comes again: the order is that of the first time. */
    private void awaitAllInOrder(String version) throws Exception {
        await().atMost(LIMIT).until(() -> stored().stream().map(line -> line.split(" ")[0] + " " + line.split(" ")[1]).distinct().count()
                == ITEMS * EACH);
        List<String> lines = stored();
        for (int item = 0; item < ITEMS; item++) {
            String of = "ITEM" + item + " ";
            assertEquals(IntStream.rangeClosed(1, EACH).boxed().toList(), lines.stream().filter(line -> line.startsWith(of))
                    .map(line -> Integer.valueOf(line.split(" ")[1])).toList(), of);
        }
        assertTrue(lines.get(lines.size() - 1).endsWith(version), lines.get(lines.size() - 1));
    }

    private void put(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(number -> IntStream.range(0, ITEMS).forEach(item ->
                stack.dynamoDb().putItem(put -> put.tableName(name).item(Map.of("pk", AttributeValue.fromS("ITEM" + item),
                        "sk", AttributeValue.fromS("METADATA"), "n", AttributeValue.fromN(Integer.toString(number)))))));
    }

    private List<String> stored() throws Exception {
        if (!stack.nats().jetStreamManagement().getStreamNames().contains(name)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        var subscription = stack.nats().jetStream().subscribe(name + ".>", PullSubscribeOptions.builder().stream(name).build());
        List<Message> batch;
        do {
            batch = subscription.fetch(500, Duration.ofMillis(300));
            batch.forEach(Message::ack);
            batch.forEach(message -> lines.add(new String(message.getData(), StandardCharsets.UTF_8)));
        } while (!batch.isEmpty());
        subscription.unsubscribe();
        return lines;
    }

    private String route(String version) {
        return source() + send(version);
    }

    private String chain(String version) {
        return source() + "        - setHeader: {name: version, constant: " + version + "}\n        - to: \"direct:middle\"\n"
                + "- route:\n    id: middle\n    from:\n      uri: direct:middle\n      steps:\n" + send(version);
    }

    private String source() {
        return """
                - route:
                    id: main
                    from:
                      uri: aws2-ddbstream:%s
                      parameters: {streamIteratorType: FROM_START, delay: 20, maxInFlight: 64, checkpointDirectory: "%s"}
                      steps:
                """.formatted(name, folder.resolve("checkpoints"));
    }

    private String send(String version) {
        return """
                        - setBody: {simple: "${body.keys['pk'].s} ${body.newImage['n'].n} %s"}
                        - to: {uri: "kamelet:distributary-jetstream-sink", parameters: {stream: %s, subjectPrefix: %s}}
                """.formatted(version, name, name);
    }
}
