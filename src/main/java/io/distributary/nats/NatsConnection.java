package io.distributary.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.distributary.config.ConnectionFiles;
import io.distributary.config.PemTls;
import io.distributary.config.Setting;
import io.distributary.config.Settings;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.apache.camel.CamelContext;

/**
 * The one NATS connection of a context, opened from the {@code nats.*} settings when first asked for and kept until the
 * context stops. Servers that cannot be reached are tried for ever, with jitter; meanwhile publishing fails at once
 * instead of being buffered, so that nothing counts as sent that no server has. Thread-safe.
 */
public final class NatsConnection implements AutoCloseable {
    /** Its name in the registry, for {@code connection=#natsConnection}. */
    public static final String REGISTRY_NAME = "natsConnection";

    private static final Duration RECONNECT_WAIT = Duration.ofSeconds(1);
    private static final Duration RECONNECT_JITTER = Duration.ofMillis(500);
    /** A connection whose other end is gone without a word is given up after two to three of these; jnats takes 2 minutes. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(5);

    private final CamelContext context;
    private final List<Consumer<String>> errorListeners = new CopyOnWriteArrayList<>();
    private Connection current;
    private NatsEvents events;
    private boolean closed;

    public NatsConnection(CamelContext context) {
        this.context = context;
        context.getCamelContextExtension().addContextPlugin(NatsConnection.class, this);
    }

    /** The context's. */
    public static NatsConnection of(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(NatsConnection.class);
    }

    /**
     * The connection: connected, or trying to be (see {@link #connected()}).
     *
     * @throws IllegalArgumentException when the servers refuse the credentials, or a setting's file cannot be used
     * @throws IllegalStateException    when the context has stopped
     */
    public synchronized Connection get() {
        if (closed) {
            throw new IllegalStateException("The NATS connection is closed: its context has stopped");
        }
        // The client gives up, closing itself, only when credentials are refused twice while it reconnects.
        if (current == null || current.getStatus() == Connection.Status.CLOSED) {
            current = open();
        }
        return current;
    }

    /**
     * The connection, connected.
     *
     * @throws IOException naming the servers, when none can be reached at the moment
     */
    public Connection connected() throws IOException {
        Connection connection = get();
        if (connection.getStatus() != Connection.Status.CONNECTED) {
            throw new IOException("NATS is unreachable at " + servers() + "; reconnecting");
        }
        return connection;
    }

    /** True when this opened the connection, so that nobody else closes it. */
    synchronized boolean isShared(Connection connection) {
        return connection != null && connection == current;
    }

    /** Hears what the server says is wrong, on a thread of jnats. */
    void addErrorListener(Consumer<String> listener) {
        errorListeners.add(listener);
    }

    void removeErrorListener(Consumer<String> listener) {
        errorListeners.remove(listener);
    }

    /** How many times a server has been connected: after a change, what a server was found to hold may differ. */
    synchronized long connects() {
        return events == null ? 0 : events.connects();
    }

    @Override
    public synchronized void close() throws InterruptedException {
        closed = true;
        if (current != null) {
            events.closing();
            current.close();
        }
    }

    private Connection open() {
        events = new NatsEvents(errorListeners);
        Options options = options(Settings.of(context), events);
        try {
            return Nats.connect(options);
        } catch (AuthenticationException e) {
            throw new IllegalArgumentException("NATS at " + servers() + " refused the credentials ("
                    + e.getMessage().substring(e.getMessage().indexOf(": ") + 1).strip() + "): check " + credentialSettings(), e);
        } catch (IOException e) {
            events.unreachable(servers());
            return connectInBackground(options);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while connecting to NATS at " + servers(), e);
        }
    }

    private Connection connectInBackground(Options options) {
        CompletableFuture<Connection> connecting = events.nextConnection();
        try {
            Nats.connectAsynchronously(options, true);
            // The first event, success or failure, comes after one server was tried.
            return connecting.get(options.getConnectionTimeout().toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while connecting to NATS at " + servers(), e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("NATS at " + servers() + " neither answers nor refuses", e);
        }
    }

    private Options options(Settings settings, NatsEvents events) {
        Options.Builder options = new Options.Builder()
                .servers(settings.list(Setting.NATS_URL).toArray(String[]::new))
                .connectionName(settings.required(Setting.NATS_CONNECTION_NAME))
                .maxReconnects(-1)
                .reconnectWait(RECONNECT_WAIT)
                .reconnectJitter(RECONNECT_JITTER)
                .reconnectJitterTls(RECONNECT_JITTER)
                .reconnectBufferSize(0)
                .pingInterval(PING_INTERVAL)
                .useTimeoutException()
                .connectionListener(events)
                .errorListener(events);
        settings.get(Setting.NATS_CREDENTIALS_FILE).ifPresent(file -> {
            ConnectionFiles.read(Setting.NATS_CREDENTIALS_FILE, file); // missing: say so now, not as a refused login
            options.authHandler(Nats.credentials(file)); // read at each reconnect, so that it can be replaced
        });
        settings.get(Setting.NATS_USER).ifPresent(user -> options.userInfo(user.toCharArray(),
                settings.required(Setting.NATS_PASSWORD).toCharArray()));
        settings.get(Setting.NATS_TOKEN).ifPresent(token -> options.token(token.toCharArray()));
        if (settings.firstOf(Setting.NATS_CA_CERTIFICATE, Setting.NATS_CLIENT_CERTIFICATE).isPresent()) {
            options.sslContext(PemTls.context(settings, Setting.NATS_CA_CERTIFICATE,
                    Optional.of(Setting.NATS_CLIENT_CERTIFICATE), Optional.of(Setting.NATS_CLIENT_KEY)));
        }
        return options.build();
    }

    String servers() {
        return Settings.of(context).required(Setting.NATS_URL);
    }

    private static String credentialSettings() {
        return String.join(", ", Setting.NATS_CREDENTIALS_FILE.key(), Setting.NATS_USER.key(), Setting.NATS_TOKEN.key());
    }
}
