package io.distributary.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the packaged jar does about bad input: one line, no stack trace, and an exit code or another try. */
@WithSandbox(Service.DYNAMODB)
class BadInputIT {
    private static final String GOOD = """
            - route:
                id: a
                from:
                  uri: aws2-ddbstream:{{orders.table}}
                  steps:
                    - log: "${body}"
            """;

    @TempDir
    Path folder;

    private final Stack stack;

    BadInputIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void goodFiles() throws IOException {
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/a.camel.yaml"), GOOD);
        Files.createDirectories(folder.resolve("kamelets"));
        Files.writeString(folder.resolve("kamelets/paint-sink.kamelet.yaml"), "");
        Files.writeString(folder.resolve("application.properties"), "orders.table=orders\n");
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("routes/a.camel.yaml", GOOD.replace("\"${body}\"", "\"${body}"),
                        "routes/a.camel.yaml:6:16: while scanning a quoted scalar, found unexpected end of stream"),
                Arguments.of("routes/a.camel.yaml", GOOD.replace("- log: \"${body}\"", "- to: kamelet:paint-snk"),
                        "there is no kamelet paint-snk in kamelets: did you mean paint-sink?"),
                Arguments.of("routes/a.camel.yaml", GOOD.replace("orders.table", "orders.tabel"),
                        "routes/a.camel.yaml:4:29: route a: {{orders.tabel}} is not set in application.properties:"
                                + " did you mean orders.table?"),
                Arguments.of("routes/a.camel.yaml", GOOD.replace("{{orders.table}}", "orders?maxInFligt=3"),
                        "routes/a.camel.yaml:4:34: route a: aws2-ddbstream has no option maxInFligt: did you mean maxInFlight?"),
                Arguments.of("application.properties", "orders.table=orders\ncamel.main.shutdownTimout=3\n",
                        "application.properties:2:1: unknown property camel.main.shutdownTimout:"
                                + " did you mean camel.main.shutdownTimeout?"),
                Arguments.of("application.properties", "orders.table=orders\nopensearch.usrname=x\n",
                        "application.properties:2:1: Unknown property opensearch.usrname: did you mean opensearch.username?"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void aMistakeInAFileEndsItWithOneLine(String file, String text, String message) throws Exception {
        Files.writeString(folder.resolve(file), text);
        assertEndsWith(ExitCode.CONFIGURATION, message, Map.of());
    }

    @Test
    void withoutSettingsFileItSaysWhatToDo() throws Exception {
        Files.delete(folder.resolve("application.properties"));
        assertEndsWith(ExitCode.CONFIGURATION, "There is no application.properties in " + folder.toRealPath()
                + ": go to the folder that holds it, or name it with --config FILE", Map.of());
    }

    @Test
    void withoutRoutesItSaysWhatToDo() throws Exception {
        Files.delete(folder.resolve("routes/a.camel.yaml"));
        assertEndsWith(ExitCode.CONFIGURATION, "There are no routes: no *.camel.yaml in the folder routes holds one;"
                + " write one there, or name another folder with --routes DIR", Map.of());
        Files.delete(folder.resolve("routes"));
        assertEndsWith(ExitCode.CONFIGURATION, "There are no routes: there is no folder " + folder.toRealPath()
                + "/routes; write one there, or name another folder with --routes DIR", Map.of());
    }

    @Test
    void unknownTable() throws Exception {
        assertEndsWith(ExitCode.REFUSED, "Table 'nowhere' does not exist in " + place("us-east-1") + ": check the table's name,"
                + " the region option (or AWS_REGION) and the account of the credentials.", Map.of("ORDERS_TABLE", "nowhere"));
    }

    /** What AWS answers, too, where the table is in another region than the one that is asked. */
    @Test
    void wrongRegion() throws Exception {
        assertEndsWith(ExitCode.REFUSED, "Table 'nowhere' does not exist in " + place("eu-west-1") + ": check the table's name,"
                + " the region option (or AWS_REGION)", Map.of("ORDERS_TABLE", "nowhere", "AWS_REGION", "eu-west-1"));
    }

    @Test
    void misspeltRegion() throws Exception {
        try (PackagedJar jar = start(Map.of("AWS_REGION", "eu-centrall-1"))) {
            String warning = jar.await(line -> line.contains("WARN"));
            assertTrue(warning.endsWith("aws.region eu-centrall-1 is none that this version knows: did you mean eu-central-1?"),
                    warning);
        }
    }

    @Test
    void unreachableNatsIsTriedAgainAndLoggedOnce() throws Exception {
        assertStartsAndKeepsTrying("- to: {uri: 'nats:orders', parameters: {connection: '#natsConnection'}}",
                Map.of("NATS_URL", "nats://127.0.0.1:1"), "NATS is unreachable at nats://127.0.0.1:1 (Connection refused);"
                        + " trying again until it answers");
    }

    @Test
    void unreachableOpenSearchIsTriedAgainAndLoggedOnce() throws Exception {
        assertStartsAndKeepsTrying("""
                - setBody: {constant: '{}'}
                        - to: {uri: 'opensearch:local', parameters: {operation: INDEX, indexName: orders}}""",
                Map.of("OPENSEARCH_URLS", "http://127.0.0.1:1"), "OpenSearch node http://127.0.0.1:1 is unreachable");
    }

    @Test
    void secretsAreNotLoggedEvenWhenVerbose() throws Exception {
        Files.writeString(folder.resolve("routes/a.camel.yaml"), GOOD.replace("orders.table", "orders.tabel"));
        Map<String, String> secrets = new HashMap<>(stack.environment(Service.DYNAMODB));
        secrets.putAll(Map.of("AWS_SECRET_ACCESS_KEY", "hushaws", "NATS_USER", "carrier", "NATS_PASSWORD", "hushnats",
                "OPENSEARCH_USERNAME", "carrier", "OPENSEARCH_PASSWORD", "hushsearch"));
        try (PackagedJar jar = PackagedJar.start(folder, secrets, "--verbose")) {
            assertEquals(ExitCode.CONFIGURATION.code(), jar.exitCode());
            assertTrue(jar.lines().stream().anyMatch(line -> line.contains("\tat ")), "a stack trace: " + jar.lines());
            assertEquals(List.of(), jar.lines().stream().filter(line -> line.contains("hush")).toList());
        }
    }

    @Test
    void streamDisabled() throws Exception {
        String table = Stack.uniqueName("quiet");
        stack.dynamoDb().createTable(create -> create.tableName(table).billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(a -> a.attributeName("pk").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH)));
        assertEndsWith(ExitCode.REFUSED, "The stream of table '" + table + "' in " + place("us-east-1") + " is switched off."
                + " Switch it on: aws dynamodb update-table --table-name " + table
                + " --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES", Map.of("ORDERS_TABLE", table));
    }

    @Test
    void refusedCredentials() throws Exception {
        assertEndsWith(ExitCode.REFUSED, "The stream of table 'orders' in " + place("us-east-1") + " may not be read"
                + " (UnrecognizedClientException: The Access Key ID or security token is invalid.). Check the credentials, and"
                + " that they allow dynamodb:DescribeTable or dynamodb:ListStreams, and dynamodb:DescribeStream,"
                + " GetShardIterator and GetRecords on the stream.", Map.of("AWS_ACCESS_KEY_ID", "not-a_key"));
    }

    @Test
    void noCredentials() throws Exception {
        assertEndsWith(ExitCode.REFUSED, "The stream of table 'orders' in " + place("us-east-1") + " may not be read",
                Map.of("AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", ""));
    }

    @Test
    void sigtermDrainsAndExitsWith143() throws Exception {
        String table = Stack.uniqueName("orders");
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        try (PackagedJar jar = start(Map.of("ORDERS_TABLE", table))) {
            jar.await(line -> line.contains(" started in "));
            jar.terminate();
            assertEquals(128 + 15, jar.exitCode());
            List<String> log = jar.lines().stream().map(line -> line.replaceFirst("^\\S+ +", "")).toList();
            assertEquals(List.of("INFO  distributary - Route a: aws2-ddbstream:" + table,
                    "INFO  distributary - Stopping: finishing the records in flight, for 30 s at the most",
                    "INFO  distributary - Stopped"),
                    log.stream().filter(line -> !line.contains(" started in ") && !line.contains("Health: ")).toList());
        }
    }

    @Test
    void unreachableServerIsTriedAgainAndLoggedOnce() throws Exception {
        Files.writeString(folder.resolve("routes/a.camel.yaml"), GOOD.replace("- log: \"${body}\"", "- to: aws2-sns:orders"));
        try (PackagedJar jar = start(Map.of("AWS_ENDPOINT_SNS", "http://127.0.0.1:1"))) {
            String warning = jar.await(line -> line.contains("WARN"));
            assertTrue(warning.endsWith("WARN  distributary - routes/a.camel.yaml: route a: Unable to execute HTTP request: Connect"
                    + " to 127.0.0.1:1 [/127.0.0.1] failed: Connection refused (SDK Attempt Count: 4). Trying again until it"
                    + " answers, every 30 s at the most."), warning);
            assertEquals(1, jar.lines().size(), jar.lines().toString());
            assertTrue(jar.isRunning());
        }
    }

    @Test
    void whileTheStartIsTriedAgainTheProcessIsLiveAndNotReadyWithTheReason() throws Exception {
        Files.writeString(folder.resolve("routes/a.camel.yaml"), GOOD.replace("- log: \"${body}\"", "- to: aws2-sns:orders"));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Map<String, String> environment = new HashMap<>(stack.environment(Service.DYNAMODB));
        environment.put("AWS_ENDPOINT_SNS", "http://127.0.0.1:1");
        try (PackagedJar jar = PackagedJar.start(port, folder, environment)) {
            jar.await(line -> line.contains("Trying again until it answers"));
            await().atMost(Duration.ofSeconds(60)).ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> get(port, "/readyz").body().contains("127.0.0.1:1 [/127.0.0.1] failed: Connection refused"));
            await().atMost(Duration.ofSeconds(60)).ignoreExceptionsInstanceOf(IOException.class).until(() -> get(port, "/livez").statusCode() == 200);
            assertTrue(jar.isRunning());
        }
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void assertStartsAndKeepsTrying(String step, Map<String, String> environment, String message) throws Exception {
        String table = Stack.uniqueName("orders");
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        stack.dynamoDb().putItem(put -> put.tableName(table)
                .item(Map.of("pk", AttributeValue.fromS("ORDER#1"), "sk", AttributeValue.fromS("METADATA"))));
        Files.writeString(folder.resolve("routes/a.camel.yaml"), GOOD.replace("- log: \"${body}\"", step)
                .replace("{{orders.table}}", "{{orders.table}}?streamIteratorType=FROM_START"));
        Map<String, String> all = new HashMap<>(environment);
        all.put("ORDERS_TABLE", table);
        try (PackagedJar jar = start(all)) {
            jar.await(line -> line.contains(message) && line.contains("WARN"));
            jar.await(line -> line.contains(" started in "));
            jar.terminate();
            assertEquals(128 + 15, jar.exitCode());
            assertEquals(1, jar.lines().stream().filter(line -> line.contains(message)).count(), jar.lines().toString());
        }
    }

    private void assertEndsWith(ExitCode code, String message, Map<String, String> environment) throws Exception {
        try (PackagedJar jar = start(environment)) {
            assertEquals(code.code(), jar.exitCode(), jar.lines().toString());
            assertEquals(1, jar.lines().size(), "one line: " + jar.lines());
            String line = jar.lines().get(0);
            assertTrue(line.contains(" ERROR distributary - " + message), line);
        }
    }

    private PackagedJar start(Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(stack.environment(Service.DYNAMODB));
        all.putAll(environment);
        return PackagedJar.start(folder, all);
    }

    private String place(String region) {
        return "region " + region + " at " + stack.endpoint(Service.DYNAMODB);
    }
}
