package io.distributary.nats;

import java.io.IOException;
import java.util.Optional;

import io.distributary.coalesce.TargetUnavailableException;
import io.distributary.config.Reachable;
import io.distributary.oversize.OversizeOptions;
import io.distributary.preview.Drafts;
import io.distributary.preview.DraftingEndpoint;
import io.nats.client.Connection;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.nats.NatsConstants;
import org.apache.camel.component.nats.NatsEndpoint;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;

/** Publish to NATS JetStream, every message acknowledged, or send to and receive from NATS as Camel's own component does. */
@UriEndpoint(firstVersion = "2.17.0", scheme = "nats", title = "Nats", syntax = "nats:topic", category = Category.MESSAGING,
        headersClass = NatsConstants.class)
public class JetStreamEndpoint extends NatsEndpoint implements DraftingEndpoint, Reachable {
    @UriParam(description = "The options.")
    private JetStreamConfiguration configuration;

    @UriParam(description = "What becomes of messages that are too large.")
    private final OversizeOptions oversizeOptions = new OversizeOptions();

    public JetStreamEndpoint(String uri, JetStreamComponent component, JetStreamConfiguration configuration) {
        super(uri, component, configuration);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() throws Exception {
        if (configuration.isJetstreamEnabled() && configuration.isCoalesce()) {
            return new JetStreamProducer(this);
        }
        oversizeOptions.refuse("nats:" + configuration.getTopic(), "jetstreamEnabled=true and coalesce=true");
        shareConnection();
        return super.createProducer();
    }

    @Override
    public Optional<Drafts> drafts() {
        return configuration.isJetstreamEnabled() && configuration.isCoalesce() ? Optional.of(new JetStreamDrafts(this))
                : Optional.empty();
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        shareConnection();
        return super.createConsumer(processor);
    }

    /** The server answers and has JetStream where the endpoint needs it; only the connection of the settings is asked. */
    @Override
    public String reach() throws IOException {
        if (!namesNoConnection()) {
            return "not asked, as it has a connection of its own";
        }
        Connection connection = NatsConnection.of(getCamelContext()).connected();
        if (configuration.isJetstreamEnabled() && !connection.getServerInfo().isJetStreamAvailable()) {
            throw new TargetUnavailableException(JetStreamConnection.withoutJetStream(connection), null);
        }
        return "NATS answers" + (configuration.isJetstreamEnabled() ? ", with JetStream" : "");
    }

    /** True where the endpoint uses the connection of the settings, by default or as {@code #natsConnection}. */
    boolean isShared() {
        return namesNoConnection() || NatsConnection.of(getCamelContext()).isShared(configuration.getConnection());
    }

    private void shareConnection() {
        if (namesNoConnection()) {
            configuration.setConnection(NatsConnection.of(getCamelContext()).get());
        }
    }

    private boolean namesNoConnection() {
        return configuration.getConnection() == null && configuration.getServers() == null
                && configuration.getCredentialsFilePath() == null;
    }

    public OversizeOptions getOversizeOptions() {
        return oversizeOptions;
    }

    @Override
    public JetStreamConfiguration getConfiguration() {
        return configuration;
    }
}
