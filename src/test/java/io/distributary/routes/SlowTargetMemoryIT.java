package io.distributary.routes;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.distributary.sandbox.fault.FaultProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What is delivered to a slow target is ten times what may be in flight, and in its several forms more than the heap holds. */
@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.OPENSEARCH})
class SlowTargetMemoryIT {
    private static final int SAMPLES = 8;
    private static final int RECORDS = SAMPLES * 100;
    private static final int RECORD_BYTES = 50_000;
    private static final Duration ROUND_TRIP = Duration.ofSeconds(1);
    /** Enough for the window in all forms of a record: its answer, image, body and request. */
    private static final String HEAP = "-Xmx100m";
    private static final String TABLE = Stack.uniqueName("memory");

    private final Queue<Process> processes = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    @BeforeAll
    static void fill(Stack stack) {
        stack.createTable(TABLE, StreamViewType.NEW_IMAGE);
        String text = "x".repeat(RECORD_BYTES);
        for (int first = 0; first < RECORDS; first += 25) {
            List<WriteRequest> writes = IntStream.range(first, first + 25).mapToObj(i -> WriteRequest.builder().putRequest(
                    PutRequest.builder().item(Map.of("pk", AttributeValue.fromS("ORDER#" + i), "sk", AttributeValue.fromS("METADATA"),
                            "text", AttributeValue.fromS(text))).build()).build()).toList();
            stack.dynamoDb().batchWriteItem(batch -> batch.requestItems(Map.of(TABLE, writes)));
        }
    }

    @AfterAll
    static void delete(Stack stack) {
        stack.dynamoDb().deleteTable(delete -> delete.tableName(TABLE));
    }

    /** All at once: each waits for its target most of the time. */
    @Test
    @Timeout(300)
    void memoryIsFlat(Stack stack) throws Exception {
        Map<SinkTarget, Future<List<Long>>> curves = new EnumMap<>(SinkTarget.class);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (SinkTarget target : SinkTarget.values()) {
                String name = Stack.uniqueName("memory");
                target.create(stack, name);
                curves.put(target, threads.submit(() -> curve(target, stack, name)));
            }
            assertAll(curves.entrySet().stream().map(each -> () ->
                    System.out.println("SlowTargetMemoryIT: " + each.getKey() + ", bytes alive: " + each.getValue().get())));
        } finally {
            processes.forEach(Process::destroyForcibly);
            threads.shutdown();
        }
    }

    private List<Long> curve(SinkTarget target, Stack stack, String name) throws Exception {
        URI server = stack.endpoint(target.service());
        try (FaultProxy proxy = new FaultProxy(server.getHost(), server.getPort())) {
            proxy.latency(ROUND_TRIP);
            return curve(target, stack, server.getScheme() + "://127.0.0.1:" + proxy.port(), name);
        }
    }

    private List<Long> curve(SinkTarget target, Stack stack, String server, String name) throws IOException {
        Path log = folder.resolve(target + ".log");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP,
                "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path")));
        stack.systemProperties(Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS, Service.OPENSEARCH)
                .forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.removeIf(argument -> target != SinkTarget.DYNAMODB && argument.startsWith("-D" + target.service().setting().key() + "="));
        command.addAll(List.of(DeliveringProcess.class.getName(), target.name(), server, TABLE, name,
                folder.resolve(target + "-checkpoints").toString(), Integer.toString(RECORDS / SAMPLES)));
        Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        processes.add(process);
        List<Long> curve = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            out.lines().filter(line -> line.startsWith(DeliveringProcess.SAMPLE)).limit(SAMPLES)
                    .forEach(line -> curve.add(Long.parseLong(line.substring(DeliveringProcess.SAMPLE.length()))));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(SAMPLES, curve.size(), () -> "it ended after " + curve + ": " + text(log));
        return curve;
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
