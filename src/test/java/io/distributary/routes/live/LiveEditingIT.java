package io.distributary.routes.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import org.apache.camel.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Route files and kamelets edited while changes flow, and counted at the targets, which here recognise no duplicates: each change
 * once, those of an item in order, and a route that nobody edits untouched. {@code -Dedits=100} for more edits.
 */
@WithSandbox({Service.DYNAMODB, Service.NATS})
class LiveEditingIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int EDITS = Integer.getInteger("edits", 25);
    private static final int ITEMS = 20;
    private static final int MAX_IN_FLIGHT = 64;
    /** How far the writer may be ahead, so that an edit shows soon. */
    private static final int MOST_BEHIND = 200;

    private final String name = Stack.uniqueName("live");
    private final long seed = Long.getLong("seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final AtomicInteger written = new AtomicInteger();
    private final SeenChanges seen = new SeenChanges();
    /** From a save to the first record that shows its effect, in milliseconds. */
    private final List<Long> latencies = new ArrayList<>();
    /** The last number of each item; of the writer, until it has ended. */
    private final Map<String, Integer> numbers = new TreeMap<>();
    private volatile boolean enough;

    @TempDir
    Path folder;

    private EditedRoutes edited;
    private Stack stack;
    private int version;
    private int stamp;
    private boolean second;
    private boolean other;

    @Test
    void editsUnderLoadLoseRepeatAndReorderNothing(Stack stack) throws Exception {
        this.stack = stack;
        stack.createTable(name, StreamViewType.NEW_AND_OLD_IMAGES);
        edited = new EditedRoutes(folder, Settling.DEFAULT, stack.settings(Service.DYNAMODB, Service.NATS));
        edited.kamelet("distributary-jetstream-sink", Files.readString(Path.of("kamelets/distributary-jetstream-sink.kamelet.yaml")));
        edited.kamelet("stamp-action", stampKamelet());
        edited.route("handling", handling());
        edited.route("main", mainRoute(""));
        edited.route("witness", source("witness") + sendTo("witness", 1));
        edited.bind("seen", seen);
        edited.start();
        Consumer witness = edited.context().getRoute("witness").getConsumer();
        Thread writer = new Thread(this::write, "writer");
        writer.start();
        try {
            await().atMost(LIMIT).until(() -> seen.version() >= version);
            for (int n = 0; n < EDITS; n++) {
                edit();
            }
        } finally {
            enough = true;
            writer.join();
        }
        if (!second) {
            toggleSecond();
        }
        System.err.printf("%d edits under %d changes, from a save to its effect %d ms at the median and %d ms at the most, seed %d%n",
                EDITS, written.get(), latencies.stream().sorted().toList().get(latencies.size() / 2),
                latencies.stream().max(Long::compare).orElseThrow(), seed);
        assertSame(witness, edited.context().getRoute("witness").getConsumer(), "nobody edits this route, seed " + seed);
        assertEquals(0, seen.late(), "a new route starts when the old one has stopped, seed " + seed);
        for (String route : List.of("main", "witness", "second")) {
            await().atMost(LIMIT).until(() -> seen.different(route) == written.get());
            assertEquals(written.get(), seen.total(route), route + ": repeated, seed " + seed);
            assertEachOnceAndInOrder(route);
        }
        assertEquals(other ? 5 : 4, edited.context().getRoutes().stream().filter(route -> route.isCreatedByKamelet()).count(),
                () -> "left behind: " + edited.context().getRoutes());
    }

    @AfterEach
    void stop() {
        if (edited != null) {
            edited.stop();
        }
    }

    /** One edit, and what shows that it has taken effect. */
    private void edit() throws Exception {
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                saveMain();
            }
            case 2 -> {
                other = !other;
                saveMain();
            }
            case 3 -> {
                edited.breakRoute("main", mainRoute("").replace("steps:", "steps"));
                await().atMost(LIMIT).until(() -> edited.problem("main").isPresent());
                saveMain();
                assertFalse(edited.problem("main").isPresent());
            }
            case 4 -> {
                edited.route("main", mainRoute("        - to: {uri: \"seda:x\", parameters: {sizze: 3}}\n"));
                await().atMost(LIMIT).until(() -> edited.problem("main").orElse("").contains("has no option sizze"));
                saveMain();
            }
            case 5, 6 -> {
                saveStamp();
            }
            case 7 -> {
                edited.kamelet("stamp-action", stampKamelet().replace("steps:", "stops:"));
                await().atMost(LIMIT).until(() -> edited.kameletProblem("stamp-action").isPresent());
                saveStamp();
            }
            case 8 -> toggleSecond();
            default -> {
                Consumer before = edited.context().getRoute("main").getConsumer();
                edited.route("handling", handling());
                awaitEffect(() -> edited.context().getRoute("main") != null
                        && edited.context().getRoute("main").getConsumer() != before);
            }
        }
    }

    private void toggleSecond() throws IOException {
        second = !second;
        if (second) {
            edited.route("second", source("second") + sendTo("second", 1));
            awaitEffect(() -> edited.context().getRoute("second") != null);
        } else {
            edited.deleteRoute("second");
            awaitEffect(() -> edited.context().getRoute("second") == null);
        }
    }

    private void saveMain() throws IOException {
        edited.route("main", mainRoute(""));
        awaitEffect(() -> seen.version() >= version);
    }

    private void saveStamp() throws IOException {
        stamp++;
        edited.kamelet("stamp-action", stampKamelet());
        awaitEffect(() -> seen.stamp() >= stamp);
    }

    private void awaitEffect(Callable<Boolean> effect) {
        long saved = System.nanoTime();
        await().pollInterval(Duration.ofMillis(10)).atMost(LIMIT).until(effect);
        latencies.add(Duration.ofNanos(System.nanoTime() - saved).toMillis());
    }

    private void write() {
        Random items = new Random(seed);
        while (!enough) {
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).atMost(LIMIT)
                    .until(() -> enough || written.get() - seen.different("main") < MOST_BEHIND);
            String item = "ORDER#" + (items.nextInt(6) == 0 ? 0 : items.nextInt(ITEMS)); // one is busier: its records queue
            int number = numbers.merge(item, 1, Integer::sum);
            stack.dynamoDb().putItem(put -> put.tableName(name).item(Map.of("pk", AttributeValue.fromS(item),
                    "sk", AttributeValue.fromS("METADATA"), "n", AttributeValue.fromN(Integer.toString(number)))));
            written.incrementAndGet();
            stack.dynamoDb().putItem(put -> put.tableName(name).item(Map.of("pk", AttributeValue.fromS("NEVER#" + number),
                    "sk", AttributeValue.fromS("METADATA"), "n", AttributeValue.fromN("1"))));
        }
    }

    /** As the target has it. */
    private void assertEachOnceAndInOrder(String route) throws Exception {
        Map<String, List<Integer>> byItem = new TreeMap<>();
        for (String line : stored(name + "-" + route)) {
            String[] parts = line.split(" ");
            assertTrue(parts[0].startsWith("ORDER#"), "filtered out: " + line);
            byItem.computeIfAbsent(parts[0], item -> new ArrayList<>()).add(Integer.valueOf(parts[1]));
        }
        assertEquals(numbers.keySet(), byItem.keySet());
        byItem.forEach((item, values) -> assertEquals(IntStream.rangeClosed(1, numbers.get(item)).boxed().toList(), values,
                route + " " + item + ", seed " + seed));
    }

    private List<String> stored(String stream) throws Exception {
        List<String> lines = new ArrayList<>();
        var subscription = stack.nats().jetStream().subscribe(stream + ".>", PullSubscribeOptions.builder().stream(stream).build());
        List<Message> batch;
        do {
            batch = subscription.fetch(500, Duration.ofMillis(500));
            batch.forEach(Message::ack);
            batch.forEach(message -> lines.add(new String(message.getData(), StandardCharsets.UTF_8)));
        } while (!batch.isEmpty());
        return lines;
    }

    private String mainRoute(String step) {
        version++;
        return source("main") + "        - setHeader: {name: version, constant: " + version + "}\n"
                + "        - delay: {expression: {constant: 10}, asyncDelayed: true}\n"
                + "        - to: {uri: \"kamelet:stamp-action\"}\n" + step
                + (other ? sendTo("other", version) : "") + sendTo("main", version);
    }

    private String source(String id) {
        return """
                - route:
                    id: %s
                    routeConfigurationId: %s
                    from:
                      uri: aws2-ddbstream:%s
                      parameters: {applicationName: %s, streamIteratorType: FROM_START, delay: 20, maxInFlight: %d, checkpointDirectory: "%s"}
                      steps:
                        - filter:
                            expression: {simple: {expression: "${header.CamelAwsDdbStreamPartitionKey} regex '^NEVER#.*|^VERSION-%d#.*'"}}
                            steps:
                              - stop: {}
                """.formatted(id, id.equals("main") ? "handling" : "none", name, id, MAX_IN_FLIGHT, folder.resolve("checkpoints"), version)
                .replace("                        - filter", "        - filter");
    }

    private String sendTo(String target, int version) {
        return "        - process: {ref: seen}\n".repeat(target.equals("other") ? 0 : 1)
                + "        - to: {uri: \"kamelet:distributary-jetstream-sink\", parameters: {stream: " + name + "-" + target
                + ", subjectPrefix: " + name + "-" + target + "}}\n";
    }

    private String handling() {
        return """
                - routeConfiguration:
                    id: handling
                    errorHandler:
                      defaultErrorHandler:
                        redeliveryPolicy: {maximumRedeliveries: %d, redeliveryDelay: "50"}
                """.formatted(1 + random.nextInt(1000));
    }

    private String stampKamelet() {
        return """
                kind: Kamelet
                metadata:
                  name: stamp-action
                spec:
                  definition: {title: Stamp Action, properties: {}}
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - setHeader: {name: stamp, constant: %d}
                """.formatted(stamp);
    }
}
