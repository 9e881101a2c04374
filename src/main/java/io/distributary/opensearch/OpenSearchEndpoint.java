package io.distributary.opensearch;

import io.distributary.config.AwsConnection;
import io.distributary.config.Setting;
import io.distributary.config.Settings;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Producer;
import org.apache.camel.component.opensearch.OpensearchConfiguration;
import org.apache.camel.component.opensearch.OpensearchEndpoint;
import org.opensearch.client.RestClient;

/** An endpoint on the nodes of the settings. A stock producer closes the client it was given, so each gets its own. */
final class OpenSearchNodesEndpoint extends OpensearchEndpoint {
    private final NodeHealth health;

    OpenSearchNodesEndpoint(String uri, OpenSearchNodesComponent component, OpensearchConfiguration configuration,
            NodeHealth health) {
        super(uri, component, configuration, null);
        this.health = health;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        health.ask(getClient());
    }

    @Override
    public Producer createProducer() {
        return new HandoffProducer(this, (AsyncProducer) super.createProducer());
    }

    /** A new client, to be closed by the caller. Connects to nothing yet. */
    @Override
    public RestClient getClient() {
        return RestClients.create(Settings.of(getCamelContext()), AwsConnection.of(getCamelContext()), getConfiguration(), health);
    }

    @Override
    public String getServiceUrl() {
        return Settings.of(getCamelContext()).required(Setting.OPENSEARCH_URLS);
    }
}
