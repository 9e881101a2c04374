package io.distributary.ddbstream;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamComponent;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConfiguration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;

/** The durable source behind the stock scheme {@code aws2-ddbstream}. */
@Component("aws2-ddbstream")
public class DdbStreamComponent extends Ddb2StreamComponent {
    @Metadata(description = "Folder of the file checkpoint store.", defaultValue = "data/checkpoints")
    private String checkpointDirectory = "data/checkpoints";

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Ddb2StreamConfiguration configuration = getConfiguration().copy();
        configuration.setTableName(remaining);
        DdbStreamEndpoint endpoint = new DdbStreamEndpoint(uri, configuration, this);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return new DdbStreamComponentConfigurer();
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return new DdbStreamEndpointConfigurer();
    }

    public String getCheckpointDirectory() {
        return checkpointDirectory;
    }

    public void setCheckpointDirectory(String checkpointDirectory) {
        this.checkpointDirectory = checkpointDirectory;
    }
}
