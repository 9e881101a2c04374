package io.distributary.ddb;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.ddb.Ddb2Component;
import org.apache.camel.component.aws2.ddb.Ddb2Configuration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;

/** The stock component with operations for changes; its own operations are the stock ones. */
@Component("aws2-ddb")
public class DdbComponent extends Ddb2Component {
    @Metadata(description = "The options that all endpoints start from.")
    private DdbConfiguration configuration = new DdbConfiguration();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining == null || remaining.isBlank()) {
            throw new IllegalArgumentException("The URI names no table: write aws2-ddb:TABLE");
        }
        DdbConfiguration copy = configuration.copy();
        copy.setTableName(remaining);
        DdbEndpoint endpoint = new DdbEndpoint(uri, this, copy);
        setProperties(endpoint, parameters);
        copy.check(endpoint.name());
        return endpoint;
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return new DdbComponentConfigurer() {
            /** The generated ones leave out the stock component's. */
            @Override
            public String[] getAutowiredNames() {
                return new String[]{"amazonDDBClient"};
            }
        };
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return new DdbEndpointConfigurer();
    }

    @Override
    public DdbConfiguration getConfiguration() {
        return configuration;
    }

    /** Takes a {@link DdbConfiguration} only; it has all the stock options too. */
    @Override
    public void setConfiguration(Ddb2Configuration configuration) {
        if (!(configuration instanceof DdbConfiguration own)) {
            throw new IllegalArgumentException("The configuration must be a " + DdbConfiguration.class.getName()
                    + ", which takes all options of " + Ddb2Configuration.class.getSimpleName() + " too");
        }
        this.configuration = own;
    }
}
