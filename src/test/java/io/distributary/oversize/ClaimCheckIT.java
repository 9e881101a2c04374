package io.distributary.oversize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Claim checks as the settings make them, read back as docs/oversize.md tells a consumer to. */
@WithSandbox(Service.S3)
final class ClaimCheckIT {
    @Test
    void theConsumerReadsWhatThePointerPointsAt(Stack stack) throws Exception {
        String bucket = Stack.uniqueName("claims");
        stack.s3().createBucket(create -> create.bucket(bucket));
        try (CamelContext context = context(stack, bucket)) {
            Oversize oversize = open(context);
            String payload = "{\"text\":\"é\"}".repeat(100_000);

            String first = oversize.fit(part(context), payload, 0, 1024);
            String again = oversize.fit(part(context), payload, 0, 1024);

            var claim = new ObjectMapper().readTree(first).get("claim_check");
            assertEquals(payload, stack.s3().getObjectAsBytes(get -> get.bucket(claim.get("bucket").asText())
                    .key(claim.get("key").asText())).asUtf8String());
            assertEquals(first, again);
            assertTrue(claim.get("key").asText().startsWith("team/a/"), first);
        }
    }

    @Test
    void aMissingBucketIsToldAndMayBeTriedAgain(Stack stack) throws Exception {
        String bucket = Stack.uniqueName("claims");
        try (CamelContext context = context(stack, bucket)) {
            Oversize oversize = open(context);
            DeliveryException failure = assertThrows(DeliveryException.class,
                    () -> oversize.fit(part(context), "x".repeat(2000), 0, 1024));

            assertFalse(failure.isPermanent());
            assertTrue(failure.getMessage().contains("S3 did not take its claim check s3://" + bucket + "/team/a/"), failure::getMessage);
            assertTrue(failure.getMessage().contains("The specified bucket does not exist"), failure::getMessage);
        }
    }

    @Test
    void withoutABucketTheStartFails(Stack stack) throws Exception {
        try (CamelContext context = context(stack, "")) {
            var refused = assertThrows(IllegalArgumentException.class, () -> open(context));

            assertEquals("aws2-sqs:orders has oversize=CLAIM_CHECK and no bucket: set claim-check.bucket, or the endpoint's"
                    + " claimCheckBucket", refused.getMessage());
        }
    }

    private static Oversize open(CamelContext context) {
        OversizeOptions options = new OversizeOptions();
        options.setOversize(OversizePolicy.CLAIM_CHECK);
        return Oversize.open(context, "aws2-sqs", "orders", options);
    }

    private static Part part(CamelContext context) {
        return new Part(new DefaultExchange(context), "x", null, true);
    }

    private static CamelContext context(Stack stack, String bucket) {
        CamelContext context = new DefaultCamelContext();
        Properties settings = new Properties();
        settings.putAll(stack.settings(Service.S3));
        settings.setProperty("claim-check.bucket", bucket);
        settings.setProperty("claim-check.prefix", "team/a/");
        context.getPropertiesComponent().setInitialProperties(settings);
        context.start();
        return context;
    }
}
