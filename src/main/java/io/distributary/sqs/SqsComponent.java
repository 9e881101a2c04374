package io.distributary.sqs;

import java.util.Map;

import io.distributary.aws.AttributeHeaders;
import io.distributary.aws.SendingClient;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.sqs.Sqs2Component;
import org.apache.camel.component.aws2.sqs.Sqs2Configuration;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import software.amazon.awssdk.regions.Region;

/** The stock component with a producer of ours; its consumer is the stock one. */
@Component("aws2-sqs")
public class SqsComponent extends Sqs2Component {
    @Metadata(description = "The options that all endpoints start from.")
    private SqsConfiguration configuration = new SqsConfiguration();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (remaining == null || remaining.isBlank()) {
            throw new IllegalArgumentException("The URI names no queue: write aws2-sqs:QUEUE with its name, ARN or URL");
        }
        SqsConfiguration copy = configuration.copy();
        name(copy, remaining);
        SqsEndpoint endpoint = new SqsEndpoint(uri, this, copy);
        setProperties(endpoint, parameters);
        copy.batchOptions().check(endpoint.name());
        if (copy.getMessageAttributeHeaders() != null) {
            AttributeHeaders.parse(copy.getMessageAttributeHeaders(), endpoint.name());
        }
        SendingClient.checkKeys(copy, endpoint.name());
        if (copy.isExtendMessageVisibility() && copy.getVisibilityTimeout() == null) {
            throw new IllegalArgumentException(endpoint.name() + ": extendMessageVisibility needs visibilityTimeout");
        }
        return endpoint;
    }

    private static void name(SqsConfiguration configuration, String queue) {
        if (queue.startsWith("arn:")) {
            String[] parts = queue.split(":");
            if (parts.length != 6 || !parts[2].equals("sqs")) {
                throw new IllegalArgumentException("'" + queue + "' is no queue's ARN: arn:aws:sqs:REGION:ACCOUNT:NAME");
            }
            configuration.setRegion(Region.of(parts[3]).toString());
            configuration.setQueueOwnerAWSAccountId(parts[4]);
            configuration.setQueueName(parts[5]);
        } else if (queue.startsWith("http:") || queue.startsWith("https:")) {
            // Camel can make one slash of two
            configuration.setQueueUrl(queue.replaceFirst(":/+", "://"));
            configuration.setQueueName(queue.substring(queue.lastIndexOf('/') + 1));
        } else {
            configuration.setQueueName(queue);
        }
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return new SqsComponentConfigurer() {
            /** The generated ones leave out the stock component's. */
            @Override
            public String[] getAutowiredNames() {
                return new String[]{"amazonSQSClient"};
            }
        };
    }

    @Override
    public PropertyConfigurer getEndpointPropertyConfigurer() {
        return new SqsEndpointConfigurer();
    }

    @Override
    public SqsConfiguration getConfiguration() {
        return configuration;
    }

    /** Takes a {@link SqsConfiguration} only; it has all the stock options too. */
    @Override
    public void setConfiguration(Sqs2Configuration configuration) {
        if (!(configuration instanceof SqsConfiguration own)) {
            throw new IllegalArgumentException("The configuration must be a " + SqsConfiguration.class.getName()
                    + ", which takes all options of " + Sqs2Configuration.class.getSimpleName() + " too");
        }
        this.configuration = own;
    }
}
