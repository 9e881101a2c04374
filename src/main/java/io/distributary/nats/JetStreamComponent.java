package io.distributary.nats;

import java.util.HashMap;
import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.component.nats.NatsComponent;
import org.apache.camel.component.nats.NatsConfiguration;
import org.apache.camel.component.nats.NatsEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * Camel's own component behind its own scheme, with two defaults of ours: endpoints that name no connection of their own
 * share the one of the {@code nats.*} settings, and Camel's internal headers stay inside.
 */
@Component("nats")
public final class JetStreamComponent extends NatsComponent {
    public JetStreamComponent() {
        DefaultHeaderFilterStrategy internal = new DefaultHeaderFilterStrategy();
        internal.setOutFilterStartsWith(DefaultHeaderFilterStrategy.CAMEL_FILTER_STARTS_WITH);
        setHeaderFilterStrategy(internal);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        NatsEndpoint stock = (NatsEndpoint) super.createEndpoint(uri, remaining, new HashMap<>(parameters));
        NatsConfiguration configuration = stock.getConfiguration();
        boolean shared = configuration.getConnection() == null && configuration.getServers() == null
                && configuration.getCredentialsFilePath() == null;
        JetStreamEndpoint endpoint = new JetStreamEndpoint(uri, this, configuration, shared);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
