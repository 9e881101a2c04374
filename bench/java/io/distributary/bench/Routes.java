package io.distributary.bench;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConfiguration;
import software.amazon.awssdk.regions.Region;

/** What the routes of all contenders have in common. */
final class Routes {
    /** The id of the one route in a context; it does not start with the context. */
    static final String ID = "bench";
    /** By which JetStream drops repeats; stock's route sets it too, so that the server's work is the same. */
    static final String MESSAGE_ID = "Nats-Msg-Id";

    private Routes() {
    }

    static String source(Map<String, String> options) {
        return "aws2-ddbstream:" + LocalTable.NAME + query(options);
    }

    static String query(Map<String, String> options) {
        return options.entrySet().stream().map(o -> o.getKey() + "=" + o.getValue()).collect(Collectors.joining("&", "?", ""));
    }

    /** Points the source at the servers; each contender builds its own client from this. */
    static void connect(Ddb2StreamConfiguration configuration, StreamOrigin origin) {
        configuration.setRegion(Region.of(Site.region()).id());
        configuration.setAccessKey(Site.credential());
        configuration.setSecretKey(Site.credential());
        configuration.setOverrideEndpoint(true);
        configuration.setUriEndpointOverride(origin.dynamoDbEndpoint().toString());
    }
}
