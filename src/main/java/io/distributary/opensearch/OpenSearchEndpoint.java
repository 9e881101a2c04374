package io.distributary.opensearch;

import java.io.IOException;

import java.util.Optional;

import io.distributary.coalesce.TargetUnavailableException;
import io.distributary.coalesce.VersionedTarget;
import io.distributary.config.AwsConnection;
import io.distributary.config.Reachable;
import io.distributary.config.Setting;
import io.distributary.config.Settings;
import io.distributary.preview.Drafts;
import io.distributary.preview.DraftingEndpoint;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Category;
import org.apache.camel.Producer;
import org.apache.camel.component.opensearch.OpensearchConstants;
import org.apache.camel.component.opensearch.OpensearchEndpoint;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.opensearch.client.Request;
import org.opensearch.client.ResponseException;
import org.opensearch.client.RestClient;

/** Write the changes of a DynamoDB table to OpenSearch with _bulk, or send it requests. */
@UriEndpoint(firstVersion = "4.0.0", scheme = "opensearch", title = "OpenSearch", syntax = "opensearch:clusterName",
        producerOnly = true, category = {Category.SEARCH, Category.MONITORING}, headersClass = OpensearchConstants.class)
public class OpenSearchEndpoint extends OpensearchEndpoint implements DraftingEndpoint, Reachable, VersionedTarget {
    @UriParam(description = "The options.")
    private final OpenSearchConfiguration configuration;

    private final OpenSearchComponent component;
    private final SharedClients clients;

    OpenSearchEndpoint(String uri, OpenSearchComponent component, OpenSearchConfiguration configuration, SharedClients clients) {
        super(uri, component, configuration, null);
        this.component = component;
        this.configuration = configuration;
        this.clients = clients;
    }

    @Override
    public Producer createProducer() {
        return configuration.isCoalesce() && configuration.getOperation() == null ? new BulkProducer(this) : stockProducer();
    }

    @Override
    public Optional<Drafts> drafts() {
        return configuration.isCoalesce() && configuration.getOperation() == null ? Optional.of(new BulkDrafts(configuration))
                : Optional.empty();
    }

    @Override
    public Versioning versioning() {
        if (drafts().isEmpty()) {
            return new Versioning(false, "it leaves the request to Camel");
        }
        if (configuration.getDocumentId() == DocumentId.EVENT_ID) {
            return new Versioning(true, null); // a document for each change: none takes another's place
        }
        if (configuration.getChangeOperation() != ChangeOperation.INDEX) {
            return new Versioning(false, "changeOperation=" + configuration.getChangeOperation() + " has no versions");
        }
        if (configuration.getVersionType() == VersionType.NONE) {
            return new Versioning(false, "versionType=NONE");
        }
        return new Versioning(true, configuration.getIndexTemplate() != null ? null
                : "a deletion is remembered for index.gc_deletes only, 60 s by default: set indexTemplate");
    }

    /** Camel's own; it makes the client of its {@code hostAddresses} itself, as do its other stock options. */
    AsyncProducer stockProducer() {
        return new HandoffProducer(this, (AsyncProducer) super.createProducer());
    }

    /** What the endpoint's producers share; give it back when they stop. */
    SharedClients.Lease lease() {
        if (component.getClient() != null) {
            return SharedClients.Lease.of(component.getClient());
        }
        return clients.lease(nodes());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (component.getClient() == null && configuration.getHostAddressesList() == null) {
            clients.health().ask(lease());
        }
    }

    /**
     * A client for a stock producer, which closes it. Null where it makes its own.
     */
    @Override
    public RestClient getClient() {
        if (component.getClient() != null) {
            return component.getClient();
        }
        return configuration.getHostAddressesList() != null ? null : RestClients.create(nodes(), clients.health());
    }

    /** A node answers and takes the credentials. An index that is absent comes with its first document. */
    @Override
    public String reach() throws IOException {
        try (SharedClients.Lease asked = lease()) {
            asked.client().performRequest(new Request("GET", "/"));
            return "OpenSearch answers";
        } catch (ResponseException e) {
            throw new TargetUnavailableException("OpenSearch at " + getServiceUrl() + " answers "
                    + e.getResponse().getStatusLine() + ": check the opensearch.* settings", e);
        }
    }

    private Nodes nodes() {
        return configuration.getHostAddressesList() != null ? Nodes.ofOptions(configuration, getCamelContext())
                : Nodes.ofSettings(Settings.of(getCamelContext()), AwsConnection.of(getCamelContext()), configuration);
    }

    @Override
    public OpenSearchConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public String getServiceUrl() {
        return configuration.getHostAddressesList() != null ? configuration.getHostAddresses()
                : Settings.of(getCamelContext()).required(Setting.OPENSEARCH_URLS);
    }
}
