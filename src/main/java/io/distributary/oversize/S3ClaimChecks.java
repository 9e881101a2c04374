package io.distributary.oversize;

import java.util.Base64;
import java.util.HexFormat;

import io.distributary.aws.SharedS3;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.core.sync.RequestBody;

/** Keeps payloads in S3, which checks each against its SHA-256. */
final class S3ClaimChecks implements ClaimChecks {
    private final CamelContext context;

    S3ClaimChecks(CamelContext context) {
        this.context = context;
    }

    @Override
    public void put(ClaimCheck claim, byte[] payload) {
        SharedS3.of(context).putObject(put -> put.bucket(claim.bucket()).key(claim.key()).contentType(claim.contentType())
                .checksumSHA256(Base64.getEncoder().encodeToString(HexFormat.of().parseHex(claim.sha256()))),
                RequestBody.fromBytes(payload));
    }
}
