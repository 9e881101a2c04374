package io.distributary.oversize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.event.StreamSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

class OversizeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HASH_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private final Stored stored = new Stored();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @ParameterizedTest
    @EnumSource
    void whatFitsToTheByteIsSentAsItIs(OversizePolicy policy) throws Exception {
        byte[] payload = new byte[100];

        assertSame(payload, oversize(policy).fit(part("x", null), payload, 28, 128));
        assertTrue(stored.objects.isEmpty());
        assertEquals(0, meters.getMeters().size());
    }

    @Test
    void oneByteTooMuchFailsForGoodNamingSizeAndLimit() {
        DeliveryException failure = assertThrows(DeliveryException.class,
                () -> oversize(OversizePolicy.FAIL).fit(part("x", null), new byte[101], 28, 128));

        assertTrue(failure.isPermanent());
        assertEquals("aws2-sqs:orders", failure.target());
        assertEquals("the message has 129 bytes, attributes included; the limit is 128; oversize=DROP_OLD_IMAGE or CLAIM_CHECK"
                + " can make it smaller", failure.reason());
        assertEquals(1, count("failed"));
    }

    @Test
    void textIsMeasuredInUtf8() throws Exception {
        Oversize oversize = oversize(OversizePolicy.FAIL);

        assertEquals("aé€😀", oversize.fit(part("x", null), "aé€😀", 0, 10));
        assertThrows(DeliveryException.class, () -> oversize.fit(part("x", null), "aé€😀", 0, 9));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"NATIVE_JSON", "TAGGED_JSON"})
    void theOldImageIsLeftOutOfEveryFormThatHasOne(EventFormat format) throws Exception {
        ChangeEvent event = modify("x".repeat(500), "y");
        String json = format.toJson(event);

        JsonNode sent = JSON.readTree(oversize(OversizePolicy.DROP_OLD_IMAGE).fit(part(json, event), json, 10, json.length()));

        assertFalse(sent.toString().contains("xxx"), sent::toString);
        assertTrue(sent.toString().contains("\"y\""), sent::toString);
        assertTrue(sent.findValue(format == EventFormat.DYNAMODB_JSON ? "OldImageDropped" : "old_image_dropped").asBoolean());
        assertEquals(1, count("old-image-dropped"));
    }

    @Test
    void theEnvelopeKeepsAllElse() throws Exception {
        ChangeEvent event = modify("x".repeat(500), "y");
        String json = EventFormat.CHANGE_EVENT.toJson(event);

        assertEquals("{\"event_id\":\"e1\",\"event_name\":\"MODIFY\",\"table_name\":\"orders\",\"sequence_number\":\"111\","
                + "\"approximate_creation_time\":\"2026-11-20T10:15:30Z\",\"keys\":{\"pk\":\"a\"},\"new_image\":{\"text\":\"y\"},"
                + "\"changed\":[\"text\"],\"old_image_dropped\":true}",
                oversize(OversizePolicy.DROP_OLD_IMAGE).fit(part(event, event), json, 0, 500));
    }

    @Test
    void stillTooLargeWithoutTheOldImageFailsForGood() {
        ChangeEvent event = modify("x", "y".repeat(500));
        byte[] json = EventFormat.CHANGE_EVENT.toBytes(event);

        DeliveryException failure = assertThrows(DeliveryException.class,
                () -> oversize(OversizePolicy.DROP_OLD_IMAGE).fit(part(event, event), json, 0, 500));

        assertTrue(failure.isPermanent());
        assertTrue(failure.reason().startsWith("even without the old image the message has 7"), failure.reason());
        assertTrue(failure.reason().contains(" bytes, attributes included; the limit is 500;"), failure.reason());
    }

    @Test
    void aBodyWithoutAnOldImageFailsAndSaysWhy() {
        ChangeEvent event = modify("x", "y".repeat(500));
        ChangeEvent insert = change("INSERT", null, "y".repeat(500));
        Oversize oversize = oversize(OversizePolicy.DROP_OLD_IMAGE);

        assertEquals("it carries no change", why(oversize, part("text", null), "z".repeat(501)));
        assertEquals("the change has none", why(oversize, part(insert, insert), EventFormat.CHANGE_EVENT.toJson(insert)));
        assertEquals("the route has made another body of the change", why(oversize, part("text", event), "z".repeat(501)));
        assertEquals("the route has made another body of the change",
                why(oversize, part("text", event), EventFormat.NATIVE_JSON.toJson(event)));
        assertEquals("the route has made another body of the change",
                why(oversize, part("text", event), EventFormat.CHANGE_EVENT.toJson(event).replace("orders", "ORDERS")));
    }

    @Test
    void theClaimCheckPointsAtThePayload() throws Exception {
        ChangeEvent event = modify("x", "y");

        String pointer = oversize(OversizePolicy.CLAIM_CHECK).fit(part(event, event), "hello".repeat(200), 0, 512);

        ClaimCheck claim = stored.objects.keySet().iterator().next();
        assertEquals("{\"format_version\":1,\"claim_check\":{\"bucket\":\"claims\",\"key\":\"team/orders/e1-" + claim.sha256().substring(0, 16)
                + "\",\"size_bytes\":1000,\"sha256\":\"" + claim.sha256() + "\",\"content_type\":\"application/json\"},\"event_id\":\"e1\","
                + "\"event_name\":\"MODIFY\",\"table_name\":\"orders\",\"sequence_number\":\"111\","
                + "\"approximate_creation_time\":\"2026-11-20T10:15:30Z\",\"keys\":{\"pk\":\"a\"}}", pointer);
        assertArrayEquals("hello".repeat(200).getBytes(StandardCharsets.UTF_8), stored.objects.get(claim));
        assertEquals(1, count("claim-check"));
    }

    @Test
    void aRetryWritesTheSameObjectAndAnotherFormAnotherOne() {
        ChangeEvent event = modify("x", "y");
        byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);

        ClaimCheck claim = ClaimCheck.of("claims", "team", event, hello, "text/plain");

        assertEquals(new ClaimCheck("claims", "team/orders/e1-2cf24dba5fb0a30e", 5, HASH_OF_HELLO, "text/plain"), claim);
        assertEquals(claim, ClaimCheck.of("claims", "team", event, hello.clone(), "text/plain"));
        assertFalse(claim.key().equals(ClaimCheck.of("claims", "team", event, new byte[5], "text/plain").key()));
        assertEquals(HASH_OF_HELLO, ClaimCheck.of("claims", "", null, hello, "text/plain").key());
    }

    @Test
    void theContentTypeIsTheMessages() throws Exception {
        Part part = part("text", null);
        part.exchange().getMessage().setHeader(Exchange.CONTENT_TYPE, "application/cloudevents+json");

        oversize(OversizePolicy.CLAIM_CHECK).fit(part, "z".repeat(1000), 0, 999);
        oversize(OversizePolicy.CLAIM_CHECK).fit(part("text", null), "z".repeat(1001), 0, 999);

        assertEquals(List.of("application/cloudevents+json", "application/octet-stream"),
                stored.objects.keySet().stream().map(ClaimCheck::contentType).toList());
    }

    @Test
    void aPointerThatIsTooLargeItselfFailsForGoodAndStoresNothing() {
        ChangeEvent event = modify("x", "y");

        DeliveryException failure = assertThrows(DeliveryException.class,
                () -> oversize(OversizePolicy.CLAIM_CHECK).fit(part(event, event), new byte[1000], 500, 600));

        assertTrue(failure.isPermanent());
        assertTrue(failure.reason().startsWith("even as a claim check the message has "), failure.reason());
        assertTrue(stored.objects.isEmpty());
    }

    @Test
    void aStoreThatFailsMayBeTriedAgain() {
        ChangeEvent event = modify("x", "y");
        stored.failure = new IllegalStateException("Access Denied");

        DeliveryException failure = assertThrows(DeliveryException.class,
                () -> oversize(OversizePolicy.CLAIM_CHECK).fit(part(event, event), new byte[1000], 0, 600));

        assertFalse(failure.isPermanent());
        assertSame(stored.failure, failure.getCause());
        assertTrue(failure.reason().contains("the message has 1000 bytes, attributes included; the limit is 600, and S3 did not take its claim check"
                + " s3://claims/team/orders/e1-"), failure.reason());
        assertTrue(failure.reason().endsWith(": Access Denied"), failure.reason());
        assertEquals(1, count("failed"));
    }

    @ParameterizedTest
    @EnumSource
    void aDeadLetterIsKeptWholeWhateverThePolicy(OversizePolicy policy) throws Exception {
        ChangeEvent event = modify("x", "y");
        Part letter = part("text", event);
        letter.exchange().setProperty(Oversize.POINTER_FIELDS, "{\"format_version\":1,\"target\":\"t\"}");

        assertEquals("x".repeat(500), oversize(policy).fit(letter, "x".repeat(500), 0, 500));
        JsonNode pointer = JSON.readTree(oversize(policy).fit(letter, "x".repeat(501), 0, 500));

        ClaimCheck claim = stored.objects.keySet().iterator().next();
        assertEquals("{\"format_version\":1,\"target\":\"t\",\"claim_check\":{\"bucket\":\"claims\",\"key\":\"" + claim.key()
                + "\",\"size_bytes\":501,\"sha256\":\"" + claim.sha256() + "\",\"content_type\":\"application/octet-stream\"}}",
                pointer.toString());
        assertArrayEquals("x".repeat(501).getBytes(StandardCharsets.UTF_8), stored.objects.get(claim));
    }

    @Test
    void aDeadLetterWithoutABucketFailsAndSaysWhatToSet() {
        Part letter = part("text", modify("x", "y"));
        letter.exchange().setProperty(Oversize.POINTER_FIELDS, "{\"format_version\":1}");

        DeliveryException failure = assertThrows(DeliveryException.class, () -> new Oversize("aws2-sqs", "orders", OversizePolicy.FAIL, null,
                "team", stored, meters).fit(letter, "x".repeat(501), 0, 500));

        assertEquals("the dead letter has 501 bytes, attributes included; the limit is 500; set claim-check.bucket to a bucket that takes"
                + " such ones", failure.reason());
    }

    private Oversize oversize(OversizePolicy policy) {
        return new Oversize("aws2-sqs", "orders", policy, "claims", "team", stored, meters);
    }

    private double count(String outcome) {
        return meters.counter("distributary.target.oversize", "component", "aws2-sqs", "target", "orders", "outcome", outcome).count();
    }

    private static String why(Oversize oversize, Part part, String payload) {
        DeliveryException failure = assertThrows(DeliveryException.class, () -> oversize.fit(part, payload, 0, 500));
        assertTrue(failure.isPermanent());
        String advice = "it has no old image that could be left out: ";
        return failure.reason().substring(failure.reason().indexOf(advice) + advice.length());
    }

    private static Part part(Object body, ChangeEvent event) {
        return new Part(new DefaultExchange(new DefaultCamelContext()), body, event, true);
    }

    private static ChangeEvent modify(String before, String after) {
        return change("MODIFY", before, after);
    }

    private static ChangeEvent change(String name, String before, String after) {
        return ChangeEvent.of(Record.builder().eventID("e1").eventName(name).dynamodb(change -> {
            change.keys(Map.of("pk", AttributeValue.fromS("a"))).sequenceNumber("111")
                    .approximateCreationDateTime(Instant.parse("2026-11-20T10:15:30Z"))
                    .newImage(Map.of("text", AttributeValue.fromS(after)));
            if (before != null) {
                change.oldImage(Map.of("text", AttributeValue.fromS(before)));
            }
        }).build(), new StreamSource("orders", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/x", "shardId-1", "pk", null));
    }

    private static final class Stored implements ClaimChecks {
        private final Map<ClaimCheck, byte[]> objects = new LinkedHashMap<>();
        private RuntimeException failure;

        @Override
        public void put(ClaimCheck claim, byte[] payload) {
            if (failure != null) {
                throw failure;
            }
            objects.put(claim, payload);
        }
    }
}
