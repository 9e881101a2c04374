package io.distributary.oversize;

import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

import io.distributary.config.AwsConnection;
import io.distributary.config.Setting;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Keeps payloads in S3, which checks each against its SHA-256. */
final class S3ClaimChecks implements ClaimChecks {
    /** With the SDK's own retries; the route's come after. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final S3Client s3;

    private S3ClaimChecks(S3Client s3) {
        this.s3 = s3;
    }

    /** Connects to nothing yet. */
    static S3ClaimChecks of(CamelContext context) {
        AwsConnection aws = AwsConnection.of(context);
        return new S3ClaimChecks(aws.configure(S3Client.builder(), Setting.AWS_ENDPOINT_S3)
                // buckets as host names need a name server that knows them
                .forcePathStyle(aws.hasEndpoint(Setting.AWS_ENDPOINT_S3))
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(each -> each.apiCallTimeout(TIMEOUT))
                .build());
    }

    @Override
    public void put(ClaimCheck claim, byte[] payload) {
        s3.putObject(put -> put.bucket(claim.bucket()).key(claim.key()).contentType(claim.contentType())
                .checksumSHA256(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(claim.sha256()))),
                RequestBody.fromBytes(payload));
    }

    @Override
    public void close() {
        s3.close();
    }
}
