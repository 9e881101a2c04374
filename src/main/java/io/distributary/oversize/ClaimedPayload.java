package io.distributary.oversize;

import io.distributary.aws.AwsOutcomes;
import io.distributary.aws.SharedS3;
import io.distributary.event.Sha256;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.core.exception.SdkException;

/** Reads back what a claim check points at. */
public final class ClaimedPayload {
    private ClaimedPayload() {
    }

    /**
     * Blocks, 30 seconds at most.
     *
     * @param sha256 in hex, of the payload
     * @throws IllegalArgumentException where it is not there or not what it was, or S3 does not give it: one line
     */
    public static byte[] read(CamelContext context, String bucket, String key, String sha256) {
        byte[] payload;
        try {
            payload = SharedS3.of(context).getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArrayUnsafe();
        } catch (SdkException e) {
            throw new IllegalArgumentException("S3 does not give its claim check s3://" + bucket + '/' + key + ": " + AwsOutcomes.reason(e), e);
        }
        if (!Sha256.hex(payload).equals(sha256)) {
            throw new IllegalArgumentException("its claim check s3://" + bucket + '/' + key + " is not what it was: its SHA-256 differs");
        }
        return payload;
    }
}
