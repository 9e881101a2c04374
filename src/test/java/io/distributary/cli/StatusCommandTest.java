package io.distributary.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.checkpoint.FileCheckpointStore;
import io.distributary.diagnosis.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StatusCommandTest {
    private static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";

    @TempDir
    Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private HttpServer server;
    private String answer;

    @BeforeEach
    void serve() throws IOException {
        answer = Files.readString(Path.of("src/test/resources/status/sample.json"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/observe/status", exchange -> {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int status(String... arguments) {
        CommandLine command = DistributaryCommand.commandLine();
        command.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors, true));
        String[] line = new String[arguments.length + 1];
        line[0] = "status";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return command.execute(line);
    }

    private String address() {
        return "localhost:" + server.getAddress().getPort();
    }

    @Test
    void anInstanceThatIsNotReadyIsPrintedAndTellsItByTheExitCode() {
        assertEquals(StatusCommand.NOT_HEALTHY, status(address()), errors.toString());
        assertTrue(output.toString().contains("NOT READY"), output.toString());
        assertTrue(output.toString().contains("BACK_PRESSURE"), output.toString());
    }

    @Test
    void aHealthyOneEndsWithZeroAndJsonIsTheAnswerItself() throws IOException {
        answer = answer.replaceFirst("\"ready\"\\s*:\\s*\"DOWN\"", "\"ready\":\"UP\"");
        assertEquals(0, status(address(), "--json"), errors.toString());
        assertEquals(new ObjectMapper().readTree(answer), new ObjectMapper().readTree(output.toString()));
    }

    @Test
    void withoutAnAddressThePortOfTheSettingsIsAsked() throws IOException {
        Path config = Files.writeString(folder.resolve("a.properties"), "camel.management.port=" + server.getAddress().getPort()
                + "\ncamel.management.host=0.0.0.0\n");
        assertEquals(StatusCommand.NOT_HEALTHY, status("--config", config.toString()), errors.toString());
        Files.writeString(config, "camel.management.port={{env:PORT:8080}}\n");
        assertEquals(ExitCode.CONFIGURATION.code(), status("--config", config.toString()));
        assertTrue(errors.toString().contains("names no port: name the address"), errors.toString());
    }

    @Test
    void noInstanceIsSaidInOneLine() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertEquals(StatusCommand.NO_ANSWER, status("localhost:" + free));
        assertTrue(errors.toString().startsWith("No instance answers at http://localhost:" + free), errors.toString());
        assertEquals(1, errors.toString().lines().count(), errors.toString());
    }

    @ParameterizedTest
    @CsvSource({
            "'ftp://x',                        'ftp://x' is no address of an instance",
            "'--watch=0',                      at least 1",
            "'--lag',                          --lag goes with --checkpoints",
            "'--checkpoints=nfs:x',            'nfs:x names no checkpoint store: file:FOLDER, dynamodb:TABLE or nats-kv:BUCKET'",
            "'--checkpoints=file:x localhost', takes neither an ADDRESS nor --watch",
    })
    void whatMakesNoSenseIsRefused(String arguments, String message) {
        assertEquals(ExitCode.USAGE.code(), status(arguments.split(" ")));
        assertTrue(errors.toString().contains(message), errors.toString());
    }

    @Test
    void aCheckpointFolderIsShownWithoutSettings() throws IOException {
        try (FileCheckpointStore store = new FileCheckpointStore(folder, "fanout", "orders")) {
            store.open();
            Map<String, Checkpoint> all = Map.of("shard-1", Checkpoint.shardEnd(Instant.EPOCH), "shard-2", Checkpoint.after("495"));
            store.save(ARN, all, all.keySet());
            assertEquals(0, status("--checkpoints", "file:" + folder, "--config", "absent"), errors.toString());
            String text = output.toString();
            assertTrue(text.contains("fanout, table orders"), text);
            assertTrue(text.contains("held by process " + ProcessHandle.current().pid()), text);
            assertTrue(text.matches("(?s).*shard-2  495  saved [^\\n]* ago\\R.*1 shard at SHARD_END\\R"), text);
        }
        output.getBuffer().setLength(0);
        assertEquals(0, status("--checkpoints", "file:" + folder, "--json"), errors.toString());
        JsonNode progress = new ObjectMapper().readTree(output.toString());
        assertEquals(1, progress.at("/progress_version").asInt());
        assertEquals("FREE", progress.at("/tables/0/owner/state").asText());
        assertEquals("495", progress.at("/tables/0/shards/0/checkpoint").asText());
        assertEquals(1, progress.at("/tables/0/ended").asInt());
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertEquals(ExitCode.REFUSED.code(), status("--checkpoints", "file:" + folder.resolve("absent")));
        assertTrue(errors.toString().contains("there is no such folder"), errors.toString());
    }
}
