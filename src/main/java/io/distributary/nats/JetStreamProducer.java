package io.distributary.nats;

import java.time.Duration;

import io.distributary.coalesce.Coalescer;
import io.distributary.coalesce.CoalescingProducer;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Limits;
import io.distributary.coalesce.Part;
import io.distributary.coalesce.TargetMeters;
import io.distributary.coalesce.TargetThreads;
import io.distributary.metrics.Meters;
import io.distributary.oversize.Oversize;
import org.apache.camel.CamelExchangeException;

/**
 * Publishes to JetStream, many messages in flight and never two of one item, and completes an exchange when the server has
 * acknowledged its messages. Without JetStream, without a stream for the subject or without a connection it tries again and
 * then fails: unlike stock, which publishes unacknowledged, so that a lost message counts as sent.
 */
final class JetStreamProducer extends CoalescingProducer<JetStreamMessage> {
    private static final int WORKERS = 8;

    private final JetStreamEndpoint endpoint;
    private final String target;
    private JetStreamMessages messages;
    private JetStreamConnection connection;
    private JetStreamTransport transport;
    private Oversize oversize;

    JetStreamProducer(JetStreamEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.target = "nats:" + endpoint.getConfiguration().getTopic();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        JetStreamConfiguration options = endpoint.getConfiguration();
        TargetMeters meters = new TargetMeters(Meters.of(endpoint.getCamelContext()), "nats", options.getTopic());
        TargetThreads threads = new TargetThreads(endpoint.getCamelContext(), this, "JetStreamPublish", 0, WORKERS);
        messages = new JetStreamMessages(options);
        oversize = Oversize.open(endpoint.getCamelContext(), "nats", options.getTopic(), endpoint.getOversizeOptions());
        connection = new JetStreamConnection(endpoint);
        transport = new JetStreamTransport(connection, Duration.ofMillis(Math.min(options.getAckTimeout(), options.getRequestTimeout())),
                threads.forCoalescer());
        open(threads, new Coalescer<>(target, limits(options), transport, threads.forCoalescer(), meters), meters);
        connection.session(); // what refuses the credentials stops the route's start
    }

    private static Limits limits(JetStreamConfiguration options) {
        return new Limits(1, Long.MAX_VALUE, options.getMaxInFlight(), options.getMaxBufferedBytes(), Duration.ZERO,
                Duration.ofMillis(options.getRetryTimeout()));
    }

    @Override
    protected void doStop() throws Exception {
        if (transport != null) {
            transport.close(); // first: what it gives up, the coalescer does
        }
        super.doStop();
        if (transport != null) {
            transport = null;
            connection.close();
        }
    }

    @Override
    protected Message<JetStreamMessage> prepare(Part part) throws CamelExchangeException, DeliveryException {
        JetStreamMessage fitting = messages.fitting(part, target, oversize, connection.maxPayload());
        return new Message<>(fitting, part.lane(), fitting.bytes());
    }

    /** The server's {@code max_payload}. */
    @Override
    protected long maxMessageBytes() {
        return connection.maxPayload();
    }
}
