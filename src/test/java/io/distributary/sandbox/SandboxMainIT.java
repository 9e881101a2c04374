package io.distributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SandboxMainIT {
    @TempDir
    private Path work;
    private Process process;
    private List<ProcessHandle> children = List.of();

    @AfterEach
    void endTheProcess() {
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void printsTheSettingsOfEveryServerAndEndsCleanlyWithItsInput() throws Exception {
        var settings = startAndRead();

        assertEquals(List.of("aws.region", "aws.endpoint.dynamodb", "aws.endpoint.sqs", "aws.endpoint.sns", "aws.endpoint.s3", "nats.url",
                "opensearch.urls", "aws.accessKeyId", "aws.secretAccessKey"), List.copyOf(settings.keySet()));
        for (var service : Service.values()) {
            var address = URI.create(settings.get(service.setting().key()));
            assertEquals("127.0.0.1", address.getHost());
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 5000);
            }
        }

        process.getOutputStream().close();

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        assertNothingIsLeft();
    }

    @Test
    void endsCleanlyOnSigterm() throws Exception {
        startAndRead("--services", "NATS,SQS");

        process.destroy();

        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertNothingIsLeft();
    }

    @Test
    void evenWhenKilledItLeavesNoProcessAndTheNextOneDeletesItsFiles() throws Exception {
        startAndRead("--services", "NATS");
        assertFalse(children.isEmpty());

        process.destroyForcibly();

        Awaitility.await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        Sandbox.in(work).close();
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        Awaitility.await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        assertEquals(0, work.toFile().list().length);
    }

    private Map<String, String> startAndRead(String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = new ArrayList<>(List.of(java.toString(), "-Xmx512m", "-cp", System.getProperty("java.class.path"),
                SandboxMain.class.getName(), "--work", work.toString()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var settings = new LinkedHashMap<String, String>();
        var output = process.inputReader();
        for (var line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
            assertTrue(line != null, "ended before it was ready");
            var parts = line.split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        children = process.descendants().toList();
        return settings;
    }
}
