package io.distributary.opensearch;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.component.opensearch.OpensearchComponent;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's own component behind its own scheme, which writes changes with {@code _bulk}; endpoints without
 * {@code hostAddresses} or a client use the nodes of the {@code opensearch.*} settings.
 */
@Component("opensearch")
public class OpenSearchComponent extends OpensearchComponent {
    private final SharedClients clients = new SharedClients();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        OpenSearchConfiguration configuration = new OpenSearchConfiguration();
        configuration.setClusterName(remaining);
        configuration.setHostAddresses(getHostAddresses());
        configuration.setSocketTimeout(getSocketTimeout());
        configuration.setMaxRetryTimeout(getMaxRetryTimeout());
        configuration.setConnectionTimeout(getConnectionTimeout());
        configuration.setUser(getUser());
        configuration.setPassword(getPassword());
        configuration.setEnableSSL(isEnableSSL());
        configuration.setEnableSniffer(isEnableSniffer());
        configuration.setSnifferInterval(getSnifferInterval());
        configuration.setSniffAfterFailureDelay(getSniffAfterFailureDelay());
        OpenSearchEndpoint endpoint = new OpenSearchEndpoint(uri, this, configuration, clients);
        setProperties(endpoint, parameters);
        configuration.setHostAddressesList(Nodes.of(configuration));
        OptionCheck.check(endpoint);
        return endpoint;
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return new OpenSearchEndpointConfigurer();
    }
}
