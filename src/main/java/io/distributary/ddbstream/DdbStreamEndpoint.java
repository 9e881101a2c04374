package io.distributary.ddbstream;

import org.apache.camel.Category;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamComponent;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConfiguration;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamEndpoint;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import io.distributary.event.ChangeEventHeaders;

/** Receive every change of a DynamoDB table, in per-item order, losing none. */
@UriEndpoint(firstVersion = "3.1.0", scheme = "aws2-ddbstream", title = "AWS DynamoDB Streams", consumerOnly = true,
        syntax = "aws2-ddbstream:tableName", category = {Category.CLOUD, Category.MESSAGING}, headersClass = ChangeEventHeaders.class)
public class DdbStreamEndpoint extends Ddb2StreamEndpoint {
    @UriParam(label = "consumer", defaultValue = "256", description = "The most records of one shard in flight at once.")
    private int maxInFlight = 256;

    public DdbStreamEndpoint(String uri, Ddb2StreamConfiguration configuration, Ddb2StreamComponent component) {
        super(uri, configuration, component);
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }
}
