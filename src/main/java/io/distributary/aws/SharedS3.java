package io.distributary.aws;

import java.time.Duration;

import io.distributary.config.AwsConnection;
import io.distributary.config.Setting;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The one S3 client of a context, made of its settings when first asked for and closed with it. */
public final class SharedS3 {
    /** With the SDK's own retries; whoever called tries again after that. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private SharedS3() {
    }

    /** Connects to nothing yet. */
    public static S3Client of(CamelContext context) {
        AwsConnection aws = AwsConnection.of(context);
        return aws.shared(S3Client.class, () -> aws.configure(S3Client.builder(), Setting.AWS_ENDPOINT_S3)
                // buckets as host names need a name server that knows them
                .forcePathStyle(aws.hasEndpoint(Setting.AWS_ENDPOINT_S3))
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(each -> each.apiCallTimeout(TIMEOUT))
                .build());
    }
}
