package io.distributary.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.distributary.aws.AwsOutcomes;
import io.distributary.aws.SharedS3;
import io.distributary.event.Sha256;
import io.distributary.preview.Draft;
import io.distributary.preview.OutsideStep;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Puts the dead letter of the message into S3 as an object of its own, and returns when it is stored. The same one again
 * replaces it. Blocks, 30 seconds at most. Thread-safe once configured.
 */
public final class S3Object implements Processor, CamelContextAware, OutsideStep {
    private static final String JSON = "application/json";

    private CamelContext context;
    private String bucket;
    private String prefix = "";

    /** The bucket's name. */
    public void setBucket(String bucket) {
        this.bucket = bucket;
    }

    public String getBucket() {
        return bucket;
    }

    /** What the keys begin with; a / follows. Default: nothing. */
    public void setPrefix(String prefix) {
        String trimmed = prefix == null ? "" : prefix.replaceAll("^/+|/+$", "");
        this.prefix = trimmed.isEmpty() ? "" : trimmed + '/';
    }

    public String getPrefix() {
        return prefix;
    }

    /** @throws CamelExchangeException where S3 does not take it */
    @Override
    public void process(Exchange exchange) throws CamelExchangeException {
        byte[] json = json(exchange);
        String key = key(exchange);
        String sha256 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Sha256.hex(json)));
        try {
            SharedS3.of(context).putObject(put -> put.bucket(bucket).key(key).contentType(JSON).checksumSHA256(sha256),
                    RequestBody.fromBytes(json));
        } catch (SdkException e) {
            throw new CamelExchangeException("S3 did not take the dead letter s3://" + bucket + '/' + key + ": " + AwsOutcomes.reason(e),
                    exchange, e);
        }
    }

    @Override
    public List<Draft> drafts(Exchange exchange) throws Exception {
        return List.of(new Draft("s3://" + bucket + '/' + key(exchange), Map.of(), Map.of(), json(exchange)));
    }

    private String key(Exchange exchange) {
        String key = exchange.getProperty(DeadLetter.KEY, String.class);
        if (key == null) {
            throw new IllegalStateException("No dead letter was made of the message: put the step " + DeadLetter.class.getName() + " before");
        }
        return prefix + key;
    }

    private static byte[] json(Exchange exchange) throws InvalidPayloadException {
        return exchange.getMessage().getMandatoryBody(String.class).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }
}
