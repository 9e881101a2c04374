package io.distributary.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.MessageHandler;

/**
 * The connection that a producer publishes through: the one of the settings, one that the endpoint's options open, or a
 * bean. One that closed itself for good, as after refused credentials, is replaced by the next; a bean is its owner's affair.
 * Thread-safe.
 */
final class JetStreamConnection implements AutoCloseable {
    private static final long PAUSE_AFTER_FAILURE = Duration.ofSeconds(1).toNanos();

    private final JetStreamEndpoint endpoint;
    private final boolean shared;
    private final Consumer<String> errors = this::heard;
    private JetStreamTransport transport;
    private volatile Session session;
    private IOException failure;
    private long failedAt;
    private boolean closed;

    JetStreamConnection(JetStreamEndpoint endpoint) {
        this.endpoint = endpoint;
        this.shared = endpoint.isShared();
    }

    /** Before the first session. */
    void listen(JetStreamTransport listener) {
        transport = listener;
        if (shared) {
            natsConnection().addErrorListener(errors);
        }
    }

    /**
     * The session with the connection at hand, whatever its state.
     *
     * @throws IOException where there is none and none can be opened; it names the server
     */
    Session session() throws IOException {
        Session current = session;
        return current != null && current.connection().getStatus() != Connection.Status.CLOSED ? current : open();
    }

    /** Fails fast while a failure is fresh: opening blocks, and many messages come here. */
    private synchronized Session open() throws IOException {
        if (closed) {
            throw new IOException("stopped");
        }
        if (session != null && session.connection().getStatus() != Connection.Status.CLOSED) {
            return session;
        }
        if (failure != null && System.nanoTime() - failedAt < PAUSE_AFTER_FAILURE) {
            throw failure;
        }
        try {
            session = new Session(connect(), transport);
            failure = null;
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while connecting to NATS", e);
        } catch (Exception e) {
            failure = new IOException(e.getMessage(), e);
            failedAt = System.nanoTime();
            throw failure;
        }
    }

    private Connection connect() throws Exception {
        if (shared) {
            return natsConnection().get();
        }
        Connection bean = endpoint.getConfiguration().getConnection();
        if (bean != null) {
            return bean;
        }
        endpoint.getConfiguration().listeningWith(new NatsEvents(List.of(errors)));
        return endpoint.getConnection();
    }

    /** The most bytes of a message; no limit while no server has told one. */
    long maxPayload() {
        Session current = session;
        long limit = current == null ? 0 : current.maxPayload();
        return limit <= 0 ? Long.MAX_VALUE : limit;
    }

    boolean isConnected() {
        Session current = session;
        return current != null && current.isConnected();
    }

    /** Where it is, for people; without credentials. */
    String servers() {
        Session current = session;
        return shared ? natsConnection().servers() : current == null ? "?" : servers(current.connection());
    }

    static String servers(Connection connection) {
        Collection<String> servers = connection.getServers();
        return servers.isEmpty() ? String.valueOf(connection.getConnectedUrl()) : String.join(",", servers);
    }

    static String withoutJetStream(Connection connection) {
        return "the NATS server at " + connection.getConnectedUrl()
                + " has no JetStream: start it with JetStream (nats-server -js), or, at most once, set jetstreamEnabled=false";
    }

    private void heard(String error) {
        String subject = PublishOutcome.deniedSubject(error);
        if (subject != null) {
            transport.denied(subject, error);
        }
    }

    private NatsConnection natsConnection() {
        return NatsConnection.of(endpoint.getCamelContext());
    }

    @Override
    public synchronized void close() throws Exception {
        closed = true;
        if (shared) {
            natsConnection().removeErrorListener(errors);
        }
        if (session == null) {
            return;
        }
        session.end();
        Connection connection = session.connection();
        if (!shared && endpoint.getConfiguration().getConnection() == null) {
            if (endpoint.getConfiguration().isFlushConnection() && connection.getStatus() == Connection.Status.CONNECTED) {
                connection.flush(Duration.ofMillis(endpoint.getConfiguration().getFlushTimeout()));
            }
            connection.close();
        }
    }

    /** One connection with its inbox, over all of its reconnects. */
    static final class Session {
        private final Connection connection;
        private final JetStreamTransport transport;
        private final Dispatcher dispatcher;
        private final String inbox;
        private final ConnectionListener listener = this::event;

        Session(Connection connection, JetStreamTransport transport) {
            this.connection = connection;
            this.transport = transport;
            this.inbox = connection.createInbox() + '.';
            MessageHandler answered = answer -> transport.answered(
                    Long.parseLong(answer.getSubject(), inbox.length(), answer.getSubject().length(), Character.MAX_RADIX), answer);
            this.dispatcher = connection.createDispatcher(answered).subscribe(inbox + '*');
            connection.addConnectionListener(listener);
        }

        Connection connection() {
            return connection;
        }

        boolean isConnected() {
            return connection.getStatus() == Connection.Status.CONNECTED;
        }

        /** May change with every reconnect. */
        long maxPayload() {
            return connection.getMaxPayload();
        }

        /** Null where the server has JetStream; it may change its mind at a reconnect. */
        String problem() {
            return connection.getServerInfo().isJetStreamAvailable() ? null : withoutJetStream(connection);
        }

        void publish(JetStreamMessage message, long token) {
            connection.publish(message.subject(), inbox + Long.toString(token, Character.MAX_RADIX), message.headers(), message.data());
        }

        private void event(Connection source, ConnectionListener.Events event) {
            switch (event) {
                case CONNECTED, RECONNECTED, RESUBSCRIBED -> transport.connected();
                case DISCONNECTED, CLOSED -> transport.lost(source);
                default -> {
                }
            }
        }

        void end() {
            connection.removeConnectionListener(listener);
            if (connection.getStatus() != Connection.Status.CLOSED) {
                connection.closeDispatcher(dispatcher);
            }
        }
    }
}
