package io.distributary.opensearch;

import java.util.HashMap;
import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.component.opensearch.OpensearchComponent;
import org.apache.camel.component.opensearch.OpensearchConfiguration;
import org.apache.camel.component.opensearch.OpensearchEndpoint;
import org.apache.camel.spi.annotations.Component;

/**
 * Camel's own component behind its own scheme; endpoints without {@code hostAddresses} or a client use the nodes of the
 * {@code opensearch.*} settings.
 */
@Component("opensearch")
public final class OpenSearchNodesComponent extends OpensearchComponent {
    private final NodeHealth health = new NodeHealth();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Map<String, Object> copy = new HashMap<>(parameters);
        OpensearchEndpoint stock = (OpensearchEndpoint) super.createEndpoint(uri, remaining, copy);
        OpensearchConfiguration configuration = stock.getConfiguration();
        if (getClient() != null || configuration.getHostAddressesList() != null) {
            parameters.keySet().retainAll(copy.keySet());
            return stock;
        }
        if (configuration.isDisconnect()) {
            throw new IllegalArgumentException("disconnect=true needs hostAddresses on the opensearch endpoint: " + uri);
        }
        Endpoint endpoint = new OpenSearchNodesEndpoint(uri, this, configuration, health);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
