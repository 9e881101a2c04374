package io.distributary.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.awaitility.Awaitility.await;

/** A nats-server with options of the test's own choice, which the sandbox's does not have: accounts, TLS, no JetStream. */
public final class NatsProcess implements AutoCloseable {
    private final int port = freePort();
    private final List<String> command = new ArrayList<>();
    private final Path log;
    private Process process;

    private NatsProcess(Path folder, List<String> options) {
        log = folder.resolve("nats.log");
        command.addAll(List.of(NatsServerBinary.find().toString(), "--addr", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(options);
    }

    /** Prepared, not yet started; its port is fixed. */
    public static NatsProcess in(Path folder, String... options) {
        return new NatsProcess(folder, List.of(options));
    }

    /** Starts it and waits until it greets. */
    public NatsProcess start() {
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).until(this::greets);
        return this;
    }

    private boolean greets() {
        try (Socket socket = new Socket("127.0.0.1", port); BufferedReader in = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String line = in.readLine();
            return line != null && line.startsWith("INFO ");
        } catch (IOException e) {
            return false; // not yet
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "nats://localhost:" + port;
    }

    public int port() {
        return port;
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** As the system kills a process: at once, whatever it does; may be started again. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends it; may be started again. */
    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
            process = null;
        }
    }
}
