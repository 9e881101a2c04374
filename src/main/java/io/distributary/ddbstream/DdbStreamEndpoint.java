package io.distributary.ddbstream;

import java.time.Duration;
import java.util.stream.Collectors;

import io.distributary.config.AwsConnection;
import io.distributary.config.Reachable;
import io.distributary.event.ChangeEventHeaders;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamEndpoint;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.CamelContextHelper;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Receive every change of a DynamoDB table, in per-item order, losing none. */
@UriEndpoint(firstVersion = "3.1.0", scheme = "aws2-ddbstream", title = "AWS DynamoDB Streams", consumerOnly = true,
        syntax = "aws2-ddbstream:tableName", category = {Category.CLOUD, Category.MESSAGING}, headersClass = ChangeEventHeaders.class)
public class DdbStreamEndpoint extends Ddb2StreamEndpoint implements Reachable {
    @UriParam(description = "The options.")
    private DdbStreamConfiguration configuration;

    private StreamClients clients;
    private Endpoint deadLetters;

    public DdbStreamEndpoint(String uri, DdbStreamConfiguration configuration, DdbStreamComponent component) {
        super(uri, configuration, component);
        this.configuration = configuration;
    }

    /** A kamelet among the dead letters is looked up while the route is made: later Camel does not start it with the others. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        String uri = configuration.getDeadLetterUri();
        deadLetters = uri == null ? null : CamelContextHelper.getMandatoryEndpoint(getCamelContext(), uri);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        DdbStreamConsumer consumer = new DdbStreamConsumer(this, processor, deadLetters);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public PollingConsumer createPollingConsumer() {
        throw new UnsupportedOperationException("aws2-ddbstream cannot be polled (poll, pollEnrich): a polled record counts as"
                + " processed before it is. Use it in the from of a route.");
    }

    /** Builds no client yet: a missing region or credentials are reported where the route starts. */
    @Override
    public void doStart() {
    }

    @Override
    public void doStop() {
        StreamClients open;
        synchronized (this) {
            open = clients;
            clients = null;
        }
        if (open != null) {
            open.close();
        }
    }

    /** Each table has a stream that may be described. */
    @Override
    public String reach() {
        StreamClients asked = StreamClients.of(AwsConnection.of(getCamelContext()), configuration);
        try {
            return TableRef.parse(configuration.getTableName()).stream()
                    .map(table -> table.finder(asked, () -> { }).find())
                    .map(stream -> "table " + stream.tableName() + " has a stream")
                    .collect(Collectors.joining(", "));
        } finally {
            asked.close();
        }
    }

    /** The clients, built from the options when first asked for. */
    synchronized StreamClients clients() {
        if (clients == null) {
            clients = StreamClients.of(AwsConnection.of(getCamelContext()), configuration);
        }
        return clients;
    }

    @Override
    public DynamoDbStreamsClient getClient() {
        return clients().streams();
    }

    @Override
    public DdbStreamComponent getComponent() {
        return (DdbStreamComponent) super.getComponent();
    }

    @Override
    public DdbStreamConfiguration getConfiguration() {
        return configuration;
    }

    /** The pause after the first page without records: the stock option {@code delay} where it is set. */
    Duration minPollInterval() {
        return delayOr(configuration.getMinPollInterval());
    }

    /** The pause between pages while a shard idles: the stock option {@code delay} where it is set. */
    Duration maxPollInterval() {
        return delayOr(configuration.getMaxPollInterval());
    }

    private Duration delayOr(long millis) {
        return getDelay() < 0 ? Duration.ofMillis(millis) : Duration.of(getDelay(), getTimeUnit().toChronoUnit());
    }

    /** The stock option {@code initialDelay}: none unless it is set. */
    Duration firstDelay() {
        return getInitialDelay() < 0 ? Duration.ZERO : Duration.of(getInitialDelay(), getTimeUnit().toChronoUnit());
    }
}
