package io.distributary.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distributary.sandbox.SandboxException;
import org.junit.jupiter.api.Assumptions;

/**
 * A headless Chromium, spoken to by the DevTools protocol over a pipe: no port is opened, and it ends with this JVM however that ends.
 * The protocol is one JSON object a message; a client library would be larger than these classes.
 */
final class Chromium implements AutoCloseable {
    /** 3 and 4 are where --remote-debugging-pipe reads and writes. */
    private static final String PIPES = "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null";
    private static final List<String> OPTIONS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--remote-debugging-pipe",
            // as a foreign site's DNS would: for the test of rebinding; the name is reserved
            "--host-resolver-rules=MAP rebound.test 127.0.0.1");
    private static final long PATIENCE_SECONDS = 60;

    private final ObjectMapper json = new ObjectMapper();
    private final Path profile;
    private final Process process;
    private final OutputStream out;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    private Chromium(Path profile, Process process) {
        this.profile = profile;
        this.process = process;
        this.out = process.getOutputStream();
        Thread reader = new Thread(this::read, "chromium");
        reader.setDaemon(true);
        reader.start();
    }

    /** Skips the test, saying why, where no Chromium can be had. */
    static Chromium start() throws IOException {
        ChromiumBinary binary;
        try {
            binary = ChromiumBinary.find();
        } catch (SandboxException e) {
            Assumptions.abort("The page is not tested in a browser: " + e.getMessage());
            throw e;
        }
        Path profile = Files.createTempDirectory("distributary-chromium-");
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", PIPES, binary.program().toString()));
        command.addAll(OPTIONS);
        command.add("--user-data-dir=" + profile.resolve("profile"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(profile.resolve("chromium.log").toFile());
        builder.environment().putAll(binary.environment(profile));
        return new Chromium(profile, builder.start());
    }

    /** A tab of its own, without what other tabs have stored. */
    Tab open() {
        String context = call(null, "Target.createBrowserContext", Map.of()).get("browserContextId").asText();
        String target = call(null, "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context)).get("targetId").asText();
        String session = call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true)).get("sessionId").asText();
        return new Tab(this, session);
    }

    /** What the protocol answers; an error of the protocol is one of the test. */
    JsonNode call(String session, String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
        message.set("params", json.valueToTree(parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        try {
            synchronized (out) {
                out.write(json.writeValueAsBytes(message));
                out.write(0);
                out.flush();
            }
            JsonNode result = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (result.has("error")) {
                throw new AssertionError(method + " " + parameters + ": " + result.get("error"));
            }
            return result.get("result");
        } catch (IOException e) {
            throw new AssertionError("Chromium has ended: " + log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("No answer to " + method + ": " + log(), e);
        }
    }

    /** The events of a tab so far, by the name of their method. */
    List<JsonNode> events(String session, String method) {
        return events.stream().filter(event -> event.path("sessionId").asText().equals(session) && event.path("method").asText().equals(method))
                .map(event -> event.get("params")).toList();
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                int from = 0;
                for (int at = 0; at < count; at++) {
                    if (buffer[at] == 0) {
                        message.write(buffer, from, at - from);
                        accept(json.readTree(message.toString(StandardCharsets.UTF_8)));
                        message.reset();
                        from = at + 1;
                    }
                }
                message.write(buffer, from, count - from);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            answers.values().forEach(answer -> answer.completeExceptionally(new IOException("Chromium has ended")));
        }
    }

    private void accept(JsonNode message) {
        if (message.has("id")) {
            answers.remove(message.get("id").asInt()).complete(message);
        } else {
            events.add(message);
        }
    }

    private String log() {
        try {
            return Files.readString(profile.resolve("chromium.log"));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        out.close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        ChromiumBinary.delete(profile);
    }
}
