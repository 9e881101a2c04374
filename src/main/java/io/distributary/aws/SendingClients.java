package io.distributary.aws;

import org.apache.camel.component.aws.common.AwsCommonConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** What the SDK clients of the producers have in common. */
public final class SendingClients {
    private SendingClients() {
    }

    /** No attempts by the SDK: those of the coalescer would multiply with them. */
    public static void once(AwsClientBuilder<?, ?> builder) {
        builder.overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }

    /** Where the calls go, for people. */
    public static String server(AwsCommonConfiguration options) {
        return options.isOverrideEndpoint() ? options.getUriEndpointOverride()
                : options.getRegion() != null ? "region " + options.getRegion() : "the region of the environment";
    }
}
