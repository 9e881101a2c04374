package io.distributary.ops;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.distributary.cli.PackagedJar;
import io.distributary.sandbox.Stack;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** The packaged application with the shipped routes and settings, on resources of its own, and what its port answers. */
public final class Flagship implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Health: (http://127\\.0\\.0\\.1:\\d+)/observe/health");

    public final String table = Stack.uniqueName("observed");
    final PackagedJar jar;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;

    Flagship(Stack stack, Path folder) throws Exception {
        this(stack, folder, Map.of());
    }

    /** @param more environment variables that win over those of the stack, as to put a fault between */
    public Flagship(Stack stack, Path folder, Map<String, String> more) throws Exception {
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        stack.sns().createTopic(topic -> topic.name(table));
        stack.sqs().createQueue(queue -> queue.queueName(table));
        stack.sqs().createQueue(queue -> queue.queueName(table + "-dead-letters"));
        copy("application.properties", folder);
        for (String directory : new String[] {"routes", "kamelets"}) {
            Files.createDirectories(folder.resolve(directory));
            try (Stream<Path> files = Files.list(Path.of(directory))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                    copy(file.toString(), folder);
                }
            }
        }
        Map<String, String> environment = new HashMap<>(stack.environment());
        environment.putAll(Map.of("ORDERS_TABLE", table, "ORDERS_TOPIC", table, "ORDERS_QUEUE", table, "ORDERS_STREAM", table,
                "ORDERS_SUBJECT_PREFIX", table, "ORDERS_INDEX", table, "DEAD_LETTER_QUEUE", table + "-dead-letters",
                "DEAD_LETTER_REDELIVERY_DELAY", "20"));
        environment.putAll(more);
        jar = PackagedJar.start(folder, environment);
        Matcher port = PORT.matcher(jar.await(line -> PORT.matcher(line).find()));
        address = port.find() ? URI.create(port.group(1)) : null;
    }

    private static void copy(String file, Path folder) throws IOException {
        Files.copy(Path.of(file), folder.resolve(file));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(60)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Of health, metrics, status and page. */
    public int port() {
        return address.getPort();
    }

    @Override
    public void close() {
        jar.close();
    }
}
