package io.distributary.sandbox;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A nats-server process with JetStream. It can be stopped and started again: address and streams stay.
 *
 * <p>The process ends with this JVM even when that is killed: a shell between them waits for the end of its standard
 * input, which the system closes for whatever reason this JVM ends. Ctrl-C does not reach it where the system has
 * setsid: the application then drains before the sandbox stops it. Windows has no such shell: there only a clean end of
 * this JVM ends the process.
 */
public final class NatsServer implements EmbeddedServer {
    private static final Pattern ADDRESS = Pattern.compile("\"nats://[^\"]*:(\\d+)\"");
    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    /** Standard input of a background process is /dev/null in a shell: descriptor 3 carries ours. */
    private static final String ENDS_WITH_ITS_PARENT = """
            exec 3<&0
            command -v setsid >/dev/null && set -- setsid "$@"
            "$@" 3<&- &
            server=$!
            trap 'kill $server 2>/dev/null; wait $server' TERM
            trap '' INT
            { cat <&3 >/dev/null; kill $server 2>/dev/null; } &
            watch=$!
            wait $server
            status=$?
            kill $watch 2>/dev/null
            exit $status
            """;

    private final Path binary;
    private final Path folder;
    /** -1 until the first start: the server then chooses one. */
    private int port = -1;
    private Process process;

    private NatsServer(Path binary, Path folder) {
        this.binary = binary;
        this.folder = folder;
    }

    /** @param folder for its store and log; must exist */
    static NatsServer start(Path binary, Path folder) {
        var server = new NatsServer(binary, folder);
        server.start();
        return server;
    }

    @Override
    public synchronized void start() {
        if (process != null) {
            return;
        }
        var log = folder.resolve("nats-server.log");
        try {
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            awaitReady(log);
        } catch (IOException e) {
            throw new SandboxException("Cannot run " + binary + ": " + e.getMessage(), e);
        }
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        if (!WINDOWS) {
            command.addAll(List.of("/bin/sh", "-c", ENDS_WITH_ITS_PARENT, "nats-server"));
        }
        command.addAll(List.of(binary.toString(), "--addr", LOOPBACK, "--port", Integer.toString(port),
                "--ports_file_dir", folder.toString(), "--jetstream", "--store_dir",
                folder.resolve("jetstream").toString()));
        return command;
    }

    private void awaitReady(Path log) throws IOException {
        var deadline = Instant.now().plus(START_LIMIT);
        while (!portKnown() || !greets()) {
            var exited = !process.isAlive();
            if (exited || Instant.now().isAfter(deadline)) {
                stop();
                throw new SandboxException("nats-server "
                        + (exited ? "ended at once" : "did not answer within " + START_LIMIT)
                        + "; its log: " + Files.readString(log).strip());
            }
            try {
                process.waitFor(10, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop();
                throw new SandboxException("Interrupted while nats-server started", e);
            }
        }
    }

    /** The server writes its addresses to a file named after itself and its process id. */
    private boolean portKnown() throws IOException {
        if (port > 0) {
            return true;
        }
        try (var files = Files.newDirectoryStream(folder, "*.ports")) {
            for (var file : files) {
                var address = ADDRESS.matcher(Files.readString(file));
                if (address.find()) {
                    port = Integer.parseInt(address.group(1));
                    return true;
                }
            }
        }
        return false;
    }

    /** A NATS server speaks first, with its INFO line. */
    private boolean greets() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), 1000);
            socket.setSoTimeout(1000);
            var line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return line != null && line.startsWith("INFO ");
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public URI endpoint() {
        return URI.create("nats://" + LOOPBACK + ":" + port);
    }

    @Override
    public void close() {
        stop();
    }

    /** Stops the process; its store stays until the sandbox is closed. */
    @Override
    public synchronized void stop() {
        if (process == null) {
            return;
        }
        var stopping = process;
        process = null;
        try {
            stopping.getOutputStream().close();
            if (WINDOWS) {
                stopping.destroy();
            }
            if (!stopping.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                stopping.descendants().forEach(ProcessHandle::destroyForcibly);
                stopping.destroyForcibly();
                throw new SandboxException("nats-server did not end within " + STOP_LIMIT + " and was killed");
            }
        } catch (IOException e) {
            throw new SandboxException("Cannot stop nats-server: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.descendants().forEach(ProcessHandle::destroyForcibly);
            throw new SandboxException("Interrupted while nats-server stopped", e);
        }
    }
}
