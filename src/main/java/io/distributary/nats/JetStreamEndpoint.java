package io.distributary.nats;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.nats.NatsConfiguration;
import org.apache.camel.component.nats.NatsEndpoint;

/** A stock endpoint; with {@code jetstreamEnabled=true} its producer accepts nothing less than JetStream's acknowledgement. */
final class JetStreamEndpoint extends NatsEndpoint {
    private final boolean shared;

    JetStreamEndpoint(String uri, JetStreamComponent component, NatsConfiguration configuration, boolean shared) {
        super(uri, component, configuration);
        this.shared = shared;
    }

    @Override
    public Producer createProducer() throws Exception {
        if (getConfiguration().isJetstreamEnabled()) {
            return new JetStreamProducer(this);
        }
        shareConnection();
        return super.createProducer();
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        shareConnection();
        return super.createConsumer(processor);
    }

    /** True where the endpoint uses the connection of the settings, by default or as {@code #natsConnection}. */
    boolean isShared() {
        return shared || NatsConnection.of(getCamelContext()).isShared(getConfiguration().getConnection());
    }

    private void shareConnection() {
        if (shared) {
            getConfiguration().setConnection(NatsConnection.of(getCamelContext()).get());
        }
    }
}
