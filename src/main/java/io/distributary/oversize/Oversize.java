package io.distributary.oversize;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.config.Setting;
import io.distributary.config.Settings;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/**
 * Makes messages fit a target that limits their size, as the {@link OversizePolicy} says. What fits already is sent as it
 * is. Thread-safe.
 */
public final class Oversize {
    /**
     * Exchange property of a message that is kept whole whatever the policy, a dead letter: the fields that stand beside the
     * claim check in its pointer, as the text of a JSON object. Where there is a bucket it is put into S3, else it fails.
     */
    public static final String POINTER_FIELDS = "DistributaryPointerFields";

    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";

    private final String scheme;
    private final String target;
    private final OversizePolicy policy;
    private final String bucket;
    private final String prefix;
    private final ClaimChecks claims;
    private final MeterRegistry meters;

    Oversize(String scheme, String target, OversizePolicy policy, String bucket, String prefix, ClaimChecks claims,
            MeterRegistry meters) {
        this.scheme = scheme;
        this.target = target;
        this.policy = policy;
        this.bucket = bucket;
        this.prefix = prefix;
        this.claims = claims;
        this.meters = meters;
    }

    /**
     * For one producer, when it starts.
     *
     * @param scheme the component's, as {@code aws2-sqs}
     * @param target the queue, topic, subject or index
     * @throws IllegalArgumentException where claim checks are asked for and no bucket is named
     */
    public static Oversize open(CamelContext context, String scheme, String target, OversizeOptions options) {
        return of(context, scheme, target, options, () -> new S3ClaimChecks(context));
    }

    /** As {@link #open}, but claim checks are not stored: what would be sent is the same. */
    public static Oversize preview(CamelContext context, String scheme, String target, OversizeOptions options) {
        return of(context, scheme, target, options, UnstoredClaimChecks::new);
    }

    private static Oversize of(CamelContext context, String scheme, String target, OversizeOptions options,
            Supplier<ClaimChecks> claims) {
        Settings settings = Settings.of(context);
        String bucket = Optional.ofNullable(options.getClaimCheckBucket()).or(() -> settings.get(Setting.CLAIM_CHECK_BUCKET)).orElse(null);
        if (bucket == null && options.getOversize() == OversizePolicy.CLAIM_CHECK) {
            throw new IllegalArgumentException(scheme + ":" + target + " has oversize=CLAIM_CHECK and no bucket: set "
                    + Setting.CLAIM_CHECK_BUCKET.key() + ", or the endpoint's claimCheckBucket");
        }
        String prefix = Optional.ofNullable(options.getClaimCheckPrefix())
                .orElseGet(() -> settings.required(Setting.CLAIM_CHECK_PREFIX)).replaceAll("/+$", "");
        return new Oversize(scheme, target, options.getOversize(), bucket, prefix, claims.get(), Meters.of(context));
    }

    /**
     * What to send instead of this payload, or the payload itself where it fits. With claim checks it blocks while S3 takes
     * a payload: call it where a route may block, never on a thread that serves a connection.
     *
     * @param other bytes of the message beside the payload, which count too: attributes, headers
     * @param limit the most bytes of a message, payload and other together
     * @throws DeliveryException permanent where the message cannot be made to fit; not permanent where S3 did not take it
     */
    public byte[] fit(Part part, byte[] payload, long other, long limit) throws DeliveryException {
        if (payload.length + other <= limit) {
            return payload;
        }
        String fields = part.exchange().getProperty(POINTER_FIELDS, String.class);
        OversizePolicy todo = fields != null ? OversizePolicy.CLAIM_CHECK : policy;
        try {
            byte[] instead = switch (todo) {
                case FAIL -> throw tooLarge(part, "the message has " + size(payload, other), limit,
                        "oversize=DROP_OLD_IMAGE or CLAIM_CHECK can make it smaller");
                case DROP_OLD_IMAGE -> withoutOldImage(part, payload, other, limit);
                case CLAIM_CHECK -> pointer(part, fields, payload, other, limit);
            };
            count(todo == OversizePolicy.CLAIM_CHECK ? "claim-check" : "old-image-dropped");
            return instead;
        } catch (DeliveryException e) {
            count("failed");
            throw e;
        }
    }

    /** As {@link #fit(Part, byte[], long, long)} for a payload of text, which is sent as UTF-8. */
    public String fit(Part part, String payload, long other, long limit) throws DeliveryException {
        if (payload.length() * 3L + other <= limit) {
            return payload; // without a look at it: no char has more than three bytes
        }
        byte[] utf8 = payload.getBytes(StandardCharsets.UTF_8);
        byte[] instead = fit(part, utf8, other, limit);
        return instead == utf8 ? payload : new String(instead, StandardCharsets.UTF_8);
    }

    private byte[] withoutOldImage(Part part, byte[] payload, long other, long limit) throws DeliveryException {
        ChangeEvent event = part.event();
        ChangeEvent smaller = event == null ? null : event.withoutOldImage();
        Optional<EventFormat> format = smaller == null || !smaller.oldImageDropped() ? Optional.empty()
                : Arrays.stream(EventFormat.values()).filter(EventFormat::hasOldImage).filter(each -> each.isOf(event, payload))
                        .findFirst();
        if (format.isEmpty()) {
            throw tooLarge(part, "the message has " + size(payload, other), limit, "it has no old image that could be left out: "
                    + (event == null ? "it carries no change" : event.oldImage() == null ? "the change has none"
                            : "the route has made another body of the change"));
        }
        byte[] instead = format.get().toBytes(smaller);
        if (instead.length + other > limit) {
            throw tooLarge(part, "even without the old image the message has " + size(instead, other), limit,
                    "oversize=CLAIM_CHECK can make it smaller");
        }
        return instead;
    }

    private byte[] pointer(Part part, String fields, byte[] payload, long other, long limit) throws DeliveryException {
        if (bucket == null) {
            throw tooLarge(part, "the dead letter has " + size(payload, other), limit, "set " + Setting.CLAIM_CHECK_BUCKET.key()
                    + " to a bucket that takes such ones");
        }
        ClaimCheck claim = ClaimCheck.of(bucket, prefix, part.event(), payload, contentType(part));
        byte[] pointer = fields == null ? claim.pointer(part.event()) : claim.pointer(fields);
        if (pointer.length + other > limit) {
            throw tooLarge(part, "even as a claim check the message has " + size(pointer, other), limit,
                    "send fewer or smaller attributes");
        }
        try {
            claims.put(claim, payload);
        } catch (RuntimeException e) {
            throw new DeliveryException(scheme + ":" + target, part.id(), "the message has " + size(payload, other) + "; the limit is "
                    + limit + ", and S3 did not take its claim check s3://" + bucket + "/" + claim.key() + ": " + e.getMessage(),
                    false, 0, e);
        }
        return pointer;
    }

    private static String contentType(Part part) {
        if (part.body() instanceof ChangeEvent) {
            return JSON;
        }
        String type = part.exchange().getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        return type == null ? BYTES : type;
    }

    private static String size(byte[] payload, long other) {
        return payload.length + other + " bytes, attributes included";
    }

    private DeliveryException tooLarge(Part part, String what, long limit, String advice) {
        return new DeliveryException(scheme + ":" + target, part.id(), what + "; the limit is " + limit + "; " + advice, true, 0, null);
    }

    private void count(String outcome) {
        meters.counter("distributary.target.oversize", "component", scheme, "target", target, "outcome", outcome).increment();
    }
}
