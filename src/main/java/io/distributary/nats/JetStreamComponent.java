package io.distributary.nats;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.component.nats.NatsComponent;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * Camel's own component behind its own scheme, with two defaults of ours: endpoints that name no connection of their own
 * share the one of the {@code nats.*} settings, and Camel's internal headers stay inside.
 */
@Component("nats")
public class JetStreamComponent extends NatsComponent {
    public JetStreamComponent() {
        DefaultHeaderFilterStrategy internal = new DefaultHeaderFilterStrategy();
        internal.setOutFilterStartsWith(DefaultHeaderFilterStrategy.CAMEL_FILTER_STARTS_WITH);
        setHeaderFilterStrategy(internal);
    }

    /** As the stock component does, with a configuration and an endpoint of ours. */
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        JetStreamConfiguration configuration = new JetStreamConfiguration();
        if (getHeaderFilterStrategy() != null) {
            configuration.setHeaderFilterStrategy(getHeaderFilterStrategy());
        }
        configuration.setTopic(remaining);
        configuration.setServers(getServers());
        configuration.setVerbose(isVerbose());
        configuration.setSslContextParameters(retrieveGlobalSslContextParameters());
        JetStreamEndpoint endpoint = new JetStreamEndpoint(uri, this, configuration);
        setProperties(endpoint, parameters);
        configuration.check("nats:" + remaining);
        return endpoint;
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return new JetStreamComponentConfigurer();
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return new JetStreamEndpointConfigurer();
    }
}
