package io.distributary.nats;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, once for each change, how the connection is; jnats itself would repeat every failed attempt. */
final class NatsEvents implements ConnectionListener, ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(NatsConnection.class);

    private enum State {
        NEW, CONNECTED, LOST, CLOSING
    }

    private final List<Consumer<String>> errorListeners;
    private State state = State.NEW;
    private long connects;
    private String lastProblem;
    private CompletableFuture<Connection> nextConnection = new CompletableFuture<>();

    /** @param errorListeners hear what a server says is wrong, such as a publish that it does not permit */
    NatsEvents(List<Consumer<String>> errorListeners) {
        this.errorListeners = errorListeners;
    }

    /** Completes with the connection that the next event is about. */
    synchronized CompletableFuture<Connection> nextConnection() {
        nextConnection = new CompletableFuture<>();
        return nextConnection;
    }

    synchronized long connects() {
        return connects;
    }

    synchronized void closing() {
        state = State.CLOSING;
    }

    synchronized void unreachable(String servers) {
        state = State.LOST;
        LOG.warn("NATS is unreachable at {}{}; trying again until it answers", servers, reason());
    }

    @Override
    public synchronized void connectionEvent(Connection connection, Events event, Long time, String uri) {
        switch (event) {
            case CONNECTED, RECONNECTED -> {
                connects++;
                if (state == State.LOST) {
                    LOG.info("Connected to NATS at {}", connection.getConnectedUrl());
                }
                state = State.CONNECTED;
                lastProblem = null;
            }
            case DISCONNECTED -> {
                if (state == State.CONNECTED) {
                    state = State.LOST;
                    LOG.warn("Lost the connection to NATS at {}{}; reconnecting", uri, reason());
                }
            }
            case CLOSED -> {
                if (state == State.CONNECTED || state == State.LOST && connects > 0) {
                    LOG.warn("NATS closed the connection{}; it is opened anew when it is next used", reason());
                }
            }
            default -> LOG.debug("{} {}", event, uri);
        }
        nextConnection.complete(connection);
    }

    /** Never called: jnats calls the form above. */
    @Override
    public void connectionEvent(Connection connection, Events event) {
        connectionEvent(connection, event, null, null);
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        errorListeners.forEach(listener -> listener.accept(error));
        tell(error);
    }

    private synchronized void tell(String error) {
        if (state == State.CONNECTED && !Objects.equals(error, lastProblem)) {
            LOG.warn("NATS says: {}", error);
        }
        lastProblem = error;
    }

    @Override
    public synchronized void exceptionOccurred(Connection connection, Exception exception) {
        LOG.debug("NATS connection", exception);
        lastProblem = exception.getMessage();
    }

    private String reason() {
        return lastProblem == null ? "" : " (" + lastProblem + ")";
    }
}
