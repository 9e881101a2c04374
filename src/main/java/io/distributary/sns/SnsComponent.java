package io.distributary.sns;

import java.util.Map;

import io.distributary.aws.AttributeHeaders;
import io.distributary.aws.SendingClient;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.sns.Sns2Component;
import org.apache.camel.component.aws2.sns.Sns2Configuration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import software.amazon.awssdk.regions.Region;

/** The stock component with a producer of ours. */
@Component("aws2-sns")
public class SnsComponent extends Sns2Component {
    @Metadata(description = "The options that all endpoints start from.")
    private SnsConfiguration configuration = new SnsConfiguration();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining == null || remaining.isBlank()) {
            throw new IllegalArgumentException("The URI names no topic: write aws2-sns:TOPIC with its name or ARN");
        }
        Sns2Configuration given = resolveAndRemoveReferenceParameter(parameters, "configuration", Sns2Configuration.class);
        SnsConfiguration copy = (given == null ? configuration : own(given)).copy();
        name(copy, remaining);
        SnsEndpoint endpoint = new SnsEndpoint(uri, this, copy);
        setProperties(endpoint, parameters);
        copy.batchOptions().check(endpoint.name());
        if (copy.getMessageAttributeHeaders() != null) {
            AttributeHeaders.parse(copy.getMessageAttributeHeaders(), endpoint.name());
        }
        SendingClient.checkKeys(copy, endpoint.name());
        if (remaining.equals(SnsEndpoint.NO_TOPIC) && copy.getTopicAttribute() == null) {
            throw new IllegalArgumentException(endpoint.name() + " names no topic: give its name or ARN, or set topicAttribute");
        }
        if (copy.getTopicAttribute() != null && (!copy.isCoalesce() || copy.isBatchEnabled())) {
            throw new IllegalArgumentException(endpoint.name() + ": topicAttribute is an option of the coalescing producer, and"
                    + " coalesce=false or batchEnabled=true ask for the stock one");
        }
        return endpoint;
    }

    private static void name(SnsConfiguration configuration, String topic) {
        if (topic.startsWith("arn:")) {
            String[] parts = topic.split(":");
            if (parts.length != 6 || !parts[2].equals("sns")) {
                throw new IllegalArgumentException("'" + topic + "' is no topic's ARN: arn:aws:sns:REGION:ACCOUNT:NAME");
            }
            configuration.setTopicArn(topic);
            configuration.setRegion(Region.of(parts[3]).toString());
        } else {
            configuration.setTopicName(topic);
        }
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return new SnsComponentConfigurer() {
            /** The generated ones leave out the stock component's. */
            @Override
            public String[] getAutowiredNames() {
                return new String[]{"amazonSNSClient"};
            }
        };
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return new SnsEndpointConfigurer();
    }

    @Override
    public SnsConfiguration getConfiguration() {
        return configuration;
    }

    /** Takes a {@link SnsConfiguration} only; it has all the stock options too. */
    @Override
    public void setConfiguration(Sns2Configuration configuration) {
        this.configuration = own(configuration);
    }

    private static SnsConfiguration own(Sns2Configuration configuration) {
        if (!(configuration instanceof SnsConfiguration own)) {
            throw new IllegalArgumentException("The configuration must be a " + SnsConfiguration.class.getName()
                    + ", which takes all options of " + Sns2Configuration.class.getSimpleName() + " too");
        }
        return own;
    }
}
