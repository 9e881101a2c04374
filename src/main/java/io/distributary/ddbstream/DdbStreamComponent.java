package io.distributary.ddbstream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.distributary.ddbstream.shard.DescribePace;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamComponent;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConfiguration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;

/**
 * The durable source behind the stock scheme {@code aws2-ddbstream}. Unlike the stock component it needs no credentials
 * option: without one, the SDK's default chain applies.
 */
@Component("aws2-ddbstream")
public class DdbStreamComponent extends Ddb2StreamComponent {
    @Metadata(description = "The options that all endpoints start from.")
    private DdbStreamConfiguration configuration = new DdbStreamConfiguration();

    /** By the place that is called; whether its sources use one account or several is not known, so they share one. */
    private final Map<String, DescribePace> describePaces = new ConcurrentHashMap<>();

    DescribePace describePace(StreamClients clients) {
        return describePaces.computeIfAbsent(clients.place(), place -> new DescribePace());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining == null || remaining.isBlank()) {
            throw new IllegalArgumentException("The URI names no table: write aws2-ddbstream:TABLE");
        }
        DdbStreamConfiguration copy = configuration.copy();
        copy.setTableName(remaining);
        DdbStreamEndpoint endpoint = new DdbStreamEndpoint(uri, copy, this);
        setProperties(endpoint, parameters);
        OptionCheck.check(endpoint);
        return endpoint;
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return new DdbStreamComponentConfigurer() {
            /** The generated ones leave out the stock component's. */
            @Override
            public String[] getAutowiredNames() {
                return new String[]{"amazonDynamoDbClient", "amazonDynamoDbStreamsClient"};
            }
        };
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return new DdbStreamEndpointConfigurer();
    }

    @Override
    public DdbStreamConfiguration getConfiguration() {
        return configuration;
    }

    /** Takes a {@link DdbStreamConfiguration} only; it has all the stock options too. */
    @Override
    public void setConfiguration(Ddb2StreamConfiguration configuration) {
        if (!(configuration instanceof DdbStreamConfiguration own)) {
            throw new IllegalArgumentException("The configuration must be a " + DdbStreamConfiguration.class.getName()
                    + ", which takes all options of " + Ddb2StreamConfiguration.class.getSimpleName() + " too");
        }
        this.configuration = own;
    }
}
