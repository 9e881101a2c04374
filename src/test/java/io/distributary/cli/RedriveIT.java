package io.distributary.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.cli.FailedOrders.Arrived;
import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 1,000 dead letters of four targets, made by the shipped route, sent again by the packaged jar, which is killed in the middle.
 * {@code -Dredrive.store=sqs}, {@code jetstream} or {@code s3} keeps them there in place of a file; what the killed process has received of a
 * queue or a stream is waited for, two minutes.
 */
@WithSandbox
class RedriveIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IN_FLIGHT = 32;

    @TempDir
    private Path folder;

    private Stack stack;
    private FailedOrders orders;
    private String store;

    private List<String> command(String... more) {
        List<String> line = new ArrayList<>(List.of("redrive", store, "--in-flight", Integer.toString(IN_FLIGHT), "--kamelets",
                Path.of("kamelets").toAbsolutePath().toString()));
        line.addAll(List.of(more));
        return line;
    }

    private JsonNode redrive(ExitCode expected, String... more) throws Exception {
        PackagedCommand run = PackagedCommand.run(folder, stack.environment(), command(more).toArray(String[]::new));
        assertEquals(expected.code(), run.exitCode(), run.toString());
        return JSON.readTree(run.out().get(run.out().size() - 1));
    }

    /** Where the dead letters are, which the route gets too. */
    private void store(String kind, String name) throws Exception {
        switch (kind) {
            case "file" -> {
                store = "file:dead.jsonl";
                orders.configure("kamelet:distributary-dead-letter-file-sink?file=" + folder.resolve("dead.jsonl"));
            }
            case "sqs" -> {
                store = "sqs:" + name;
                stack.sqs().createQueue(create -> create.queueName(name));
                orders.configure("kamelet:distributary-dead-letter-sqs-sink?queue=" + name);
            }
            case "jetstream" -> {
                store = "jetstream:" + name;
                orders.configure("kamelet:distributary-dead-letter-jetstream-sink?stream=" + name + "&subjectPrefix=" + name);
            }
            case "s3" -> {
                store = "s3://" + name;
                stack.s3().createBucket(create -> create.bucket(name));
                orders.configure("kamelet:distributary-dead-letter-s3-sink?bucket=" + name);
            }
            default -> throw new IllegalArgumentException("redrive.store=" + kind);
        }
    }

    /** Orders that are held: what was delivered since is newer, and their targets have no versions. */
    private int held() {
        return IntStream.range(0, orders.orders()).filter(order -> !orders.mayGo(order)).map(orders::failed).sum();
    }

    @Test
    void aThousandDeadLettersComeBackToTheTargetThatFailedAndNothingOlderWins(Stack running) throws Exception {
        stack = running;
        stack.start();
        orders = new FailedOrders(stack, folder, 400, 100, 50);
        store(System.getProperty("redrive.store", "file"), orders.name + "-dead");
        boolean file = store.startsWith("file:");
        orders.write();
        orders.deliver();
        assertEquals(1_000, orders.deadLetters());
        for (Map.Entry<String, List<Arrived>> target : orders.arrived().entrySet()) {
            assertArrived(expected((order, version) -> !failedAt(target.getKey(), order, version)),
                    target.getValue(), target.getKey() + " before the redrive");
        }
        long indexedBefore = orders.indexed();

        JsonNode dry = redrive(ExitCode.EVENTS, "--dry-run", "--json");
        assertEquals("1000 %d %d".formatted(1_000 - held(), held()),
                dry.path("read").intValue() + " " + dry.path("sent").intValue() + " " + dry.path("held").intValue(), dry.toString());
        assertEquals(indexedBefore, orders.indexed(), "a dry run sends nothing");

        int before = killedInTheMiddle(file);
        JsonNode rest = redrive(ExitCode.EVENTS, "--json");
        int sent = rest.path("sent").intValue();
        assertEquals(held(), rest.path("held").intValue(), rest.toString());
        assertEquals(0, rest.path("failed").intValue() + rest.path("not_reached").intValue() + rest.path("not_fed").intValue(), rest.toString());
        assertTrue(sent <= 1_000 - held() - before + IN_FLIGHT && sent >= 1_000 - held() - before - IN_FLIGHT,
                before + " sent before the kill and " + sent + " after, of " + (1_000 - held()));

        for (Map.Entry<String, List<Arrived>> target : orders.arrived().entrySet()) {
            assertArrived(expected((order, version) -> failedAt(target.getKey(), order, version) && orders.mayGo(order)),
                    target.getValue(), target.getKey() + " by the redrive");
            assertOrder(target.getKey(), target.getValue());
            int repeated = target.getValue().size() - Set.copyOf(target.getValue()).size();
            assertTrue(repeated <= 2 * IN_FLIGHT, repeated + " arrived twice at " + target.getKey());
        }
        assertEquals(IntStream.range(0, orders.orders()).boxed().collect(Collectors.toMap(order -> order, orders::versions)),
                orders.documents(), "the index has what the table has");
        long writes = orders.indexed() - indexedBefore;
        long letters = IntStream.range(0, orders.orders()).filter(order -> FailedOrders.target(order).equals("opensearch"))
                .map(orders::failed).sum();
        assertTrue(writes <= letters + IN_FLIGHT, writes + " writes of " + letters + " dead letters of the index");
    }

    /** @return how many had been sent at least */
    private int killedInTheMiddle(boolean file) throws Exception {
        Path done = folder.resolve("dead.jsonl.done");
        try (PackagedJar killed = PackagedJar.start(folder, stack.environment(), command("--rate", "400", "--json").toArray(String[]::new))) {
            await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(20))
                    .until(() -> !killed.isRunning() || removed(killed, done, file) >= 300);
            assertTrue(killed.isRunning(), () -> killed.lines().toString());
            killed.close();
            killed.exitCode();
            return removed(killed, done, file);
        }
    }

    private static int removed(PackagedJar process, Path done, boolean file) throws Exception {
        if (!file) {
            return (int) process.lines().stream().filter(line -> line.startsWith("{\"outcome\":\"sent\"")).count();
        }
        return Files.exists(done) ? Files.readAllLines(done).size() : 0;
    }

    private Set<Arrived> expected(BiPredicate<Integer, Integer> arrives) {
        return IntStream.range(0, orders.orders()).boxed().flatMap(order -> IntStream.rangeClosed(1, orders.versions(order)).boxed()
                .filter(version -> arrives.test(order, version)).map(version -> new Arrived(order, version))).collect(Collectors.toSet());
    }

    private static void assertArrived(Set<Arrived> expected, List<Arrived> arrived, String where) {
        assertEquals(List.of(), expected.stream().filter(each -> !arrived.contains(each)).toList(), "lost at " + where);
        assertEquals(List.of(), arrived.stream().filter(each -> !expected.contains(each)).toList(), "not to arrive at " + where);
    }

    private boolean failedAt(String target, int order, int version) {
        return FailedOrders.target(order).equals(target) && version <= orders.failed(order);
    }

    /** A repetition of the newest is none that wins. */
    private static void assertOrder(String target, List<Arrived> arrived) {
        Map<Integer, Integer> newest = new HashMap<>();
        for (Arrived each : arrived) {
            assertTrue(newest.getOrDefault(each.order(), 0) <= each.version(),
                    () -> each + " arrived at " + target + " after version " + newest.get(each.order()));
            newest.put(each.order(), each.version());
        }
    }
}
