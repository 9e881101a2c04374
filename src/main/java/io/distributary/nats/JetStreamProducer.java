package io.distributary.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.nats.NatsConfiguration;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Publishes to JetStream and completes an exchange when the server has acknowledged it. Without JetStream, without a
 * stream for the subject or without a connection the exchange fails and says so: unlike stock, which then publishes
 * unacknowledged, so that a lost message counts as sent.
 */
final class JetStreamProducer extends DefaultAsyncProducer {
    /** Header that replaces the subject of the endpoint's URI, as Camel's other components have it. */
    static final String OVERRIDE_SUBJECT = "CamelNatsOverrideSubject";

    private final JetStreamEndpoint endpoint;
    private ExecutorService workers;
    private Connection own;
    private volatile Publisher publisher;

    JetStreamProducer(JetStreamEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // Not jnats' own thread: what follows in the route may itself wait for NATS.
        workers = endpoint.getCamelContext().getExecutorServiceManager().newDefaultThreadPool(this, "JetStreamPublish");
        if (endpoint.isShared()) {
            NatsConnection.of(endpoint.getCamelContext()).get(); // refused credentials stop the route's start
        } else if (configuration().getConnection() == null) {
            own = endpoint.getConnection();
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (own != null) {
            if (configuration().isFlushConnection() && own.getStatus() == Connection.Status.CONNECTED) {
                own.flush(Duration.ofMillis(configuration().getFlushTimeout()));
            }
            own.close();
            own = null;
        }
        if (workers != null) {
            endpoint.getCamelContext().getExecutorServiceManager().shutdown(workers);
            workers = null;
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Message message = message(exchange);
            jetStream(connection()).publishAsync(message)
                    .orTimeout(configuration().getRequestTimeout(), TimeUnit.MILLISECONDS)
                    .whenCompleteAsync((acknowledgement, failure) -> {
                        if (failure != null) {
                            exchange.setException(explain(failure, message.getSubject()));
                        }
                        callback.done(false);
                    }, workers);
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private Connection connection() throws IOException {
        Connection connection;
        if (endpoint.isShared()) {
            connection = NatsConnection.of(endpoint.getCamelContext()).connected();
        } else {
            connection = own != null ? own : configuration().getConnection();
            if (connection.getStatus() != Connection.Status.CONNECTED) {
                throw new IOException("NATS is unreachable at " + connection.getServers() + "; reconnecting");
            }
        }
        requireJetStream(connection);
        return connection;
    }

    /** Kept: jnats parses the server's version anew for each. */
    private JetStream jetStream(Connection connection) throws IOException {
        Publisher current = publisher;
        if (current == null || current.connection() != connection) {
            current = new Publisher(connection, connection.jetStream());
            publisher = current;
        }
        return current.jetStream();
    }

    private record Publisher(Connection connection, JetStream jetStream) {
    }

    /** A server may change its mind at a reconnect, so this is asked for each message; it is a look at a field. */
    static void requireJetStream(Connection connection) {
        if (!connection.getServerInfo().isJetStreamAvailable()) {
            throw new IllegalStateException("The NATS server at " + connection.getConnectedUrl()
                    + " has no JetStream: start it with JetStream (nats-server -js), or, at most once, set jetstreamEnabled=false");
        }
    }

    private Message message(Exchange exchange) throws Exception {
        Headers headers = new Headers();
        HeaderFilterStrategy filter = configuration().getHeaderFilterStrategy();
        exchange.getIn().getHeaders().forEach((name, value) -> {
            if (value != null && !filter.applyFilterToCamelHeaders(name, value, exchange)) {
                headers.add(name, value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value));
            }
        });
        return NatsMessage.builder()
                .subject(exchange.getIn().getHeader(OVERRIDE_SUBJECT, configuration().getTopic(), String.class))
                .headers(headers)
                .data(exchange.getIn().getMandatoryBody(byte[].class))
                .build();
    }

    private static Exception explain(Throwable failure, String subject) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause.getClass() == RuntimeException.class) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof TimeoutException) {
            return new IOException("No acknowledgement from NATS JetStream for subject " + subject + " in time", failure);
        }
        if (cause instanceof IOException && String.valueOf(cause.getMessage()).contains("503")) {
            return new IOException("No NATS JetStream stream covers subject " + subject + ": create one", failure);
        }
        return new IOException("NATS JetStream did not accept a message for subject " + subject + ": " + cause.getMessage(), failure);
    }

    private NatsConfiguration configuration() {
        return endpoint.getConfiguration();
    }
}
