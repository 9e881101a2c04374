package io.distributary.kamelets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.event.EventConversionException;
import io.distributary.event.EventFormat;
import io.distributary.event.Sha256;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AttributeKameletsTest extends ActionRoutes {
    private static final String DIGITS = "12345678901234567890123456789012345678";
    private static final String SECRET = "ann@example.com";

    @TempDir
    Path folder;

    /** Values of n and email, nested ones too, before and after. */
    private final ChangeEvent change = modify(Map.of("email", s(SECRET), "n", n("1"), "contact", contact("a"), "state", s("new")),
            Map.of("email", s(SECRET), "n", n(DIGITS), "contact", contact("b"), "state", s("paid")));

    @ParameterizedTest
    @ValueSource(strings = {"REPLACE", "HASH", "DROP"})
    void whatIsMaskedIsNowhereInTheExchangeAnyMore(String method) throws Exception {
        start("mask-attributes", Map.of("attributes", "email,contact.mail", "method", method));
        Exchange exchange = send(change);
        ChangeEvent masked = (ChangeEvent) passed.get(0).getMessage().getBody();
        assertSame(masked, passed.get(0).getProperty(ChangeEvent.EXCHANGE_PROPERTY));
        for (EventFormat format : EventFormat.values()) {
            assertFalse(format.toJson(masked).contains(SECRET), format::name);
        }
        assertFalse(new String(EventFormat.toRawBytes(masked), StandardCharsets.UTF_8).contains(SECRET), "a dead letter");
        assertFalse(exchange.getMessage().getHeaders().toString().contains(SECRET));
        assertSameChange(change, masked);
        assertEquals(n(DIGITS), masked.newImage().get("n"));
        assertEquals("b", masked.newImage().get("contact").m().get("name").s());
        AttributeValue now = masked.newImage().get("email");
        assertEquals(switch (method) {
            case "REPLACE" -> s("***");
            case "HASH" -> s(Sha256.hex(SECRET.getBytes(StandardCharsets.UTF_8)));
            default -> null;
        }, now);
        assertEquals(now, masked.oldImage().get("email"));
        assertEquals(now, masked.newImage().get("contact").m().get("mail"));
    }

    @Test
    void theDefaultReplacesAndTheTextCanBeSet() throws Exception {
        start("mask-attributes", Map.of("attributes", "email", "replacement", "hidden"));
        send(change);
        assertEquals(s("hidden"), ((ChangeEvent) passed.get(0).getMessage().getBody()).newImage().get("email"));
    }

    @Test
    void aSecretKeyMakesOtherHashes() throws Exception {
        start("mask-attributes", Map.of("attributes", "email", "method", "HASH", "secretKey", "RAW(k+&=%y)"));
        send(change);
        // printf %s ann@example.com | openssl dgst -sha256 -hmac 'k+&=%y'
        assertEquals(s("e6b218361a987ea1dd7909b2c7d85b40e5d6b71b1dcfff33ca34257d9692af0c"), ((ChangeEvent) passed.get(0).getMessage().getBody()).newImage().get("email"));
    }

    @Test
    void everyTypeHasAHash() throws Exception {
        start("mask-attributes", Map.of("attributes", "v", "method", "HASH"));
        AttributeValue all = AttributeValue.fromM(Map.of("n", n(DIGITS), "b", AttributeValue.fromB(SdkBytes.fromUtf8String("x")),
                "bool", AttributeValue.fromBool(true), "nul", AttributeValue.fromNul(true), "ss", AttributeValue.fromSs(List.of("b", "a")),
                "ns", AttributeValue.fromNs(List.of("1")), "bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"))),
                "l", AttributeValue.fromL(List.of(s("x")))));
        send(insert("ORDER#1", "METADATA", Map.of("v", all)));
        Map<String, AttributeValue> hashes = ((ChangeEvent) passed.get(0).getMessage().getBody()).newImage().get("v").m();
        assertEquals(s(hash(DIGITS)), hashes.get("n"));
        assertEquals(s(hash("x")), hashes.get("b"));
        assertEquals(s(hash("true")), hashes.get("bool"));
        assertEquals(AttributeValue.fromNul(true), hashes.get("nul"));
        assertEquals(Stream.of("a", "b").map(AttributeKameletsTest::hash).sorted().toList(), hashes.get("ss").ss());
        assertEquals(List.of(hash("1")), hashes.get("ns").ss());
        assertEquals(List.of(hash("x")), hashes.get("bs").ss());
        assertEquals(List.of(s(hash("x"))), hashes.get("l").l());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPLACE", "HASH", "DROP"})
    void aKeyIsHashedEverywhereAndItemsStayApart(String method) throws Exception {
        start("mask-attributes", Map.of("attributes", "pk", "method", method));
        send(insert(SECRET, "A", Map.of()));
        send(insert(SECRET, "B", Map.of()));
        send(insert("bob@example.com", "A", Map.of()));
        List<ChangeEvent> masked = passed.stream().map(exchange -> (ChangeEvent) exchange.getMessage().getBody()).toList();
        assertEquals(3, masked.stream().map(ChangeEvent::itemKey).distinct().count());
        assertEquals(hash(SECRET) + "|A", masked.get(0).itemKey());
        assertEquals(s(hash(SECRET)), masked.get(0).newImage().get("pk"));
        assertEquals(hash(SECRET), passed.get(0).getMessage().getHeader(ChangeEventHeaders.PARTITION_KEY));
        assertEquals(hash(SECRET) + "|A", passed.get(0).getMessage().getHeader(ChangeEventHeaders.ITEM_KEY));
        assertFalse(passed.get(0).getMessage().getHeaders().toString().contains(SECRET));
        assertEquals("event-1", masked.get(0).eventId());
    }

    @Test
    void aBatchIsMaskedInBodyAndProperty() throws Exception {
        start("mask-attributes", Map.of("attributes", "email"));
        send(List.of(change, insert("ORDER#2", "METADATA", Map.of("email", s(SECRET)))));
        List<?> body = passed.get(0).getMessage().getBody(List.class);
        List<?> property = passed.get(0).getProperty(ChangeEventBatch.EXCHANGE_PROPERTY, List.class);
        assertEquals(2, body.size());
        for (int i = 0; i < 2; i++) {
            assertSame(body.get(i), property.get(i));
            assertEquals(s("***"), ((ChangeEvent) body.get(i)).newImage().get("email"));
        }
    }

    @Test
    void aChangeSplitFromItsBatchIsMaskedAndSoIsTheBatch() throws Exception {
        start("mask-attributes", Map.of("attributes", "email"));
        send(exchange -> {
            ChangeEventBatch.write(exchange, List.of(change, change));
            exchange.getMessage().setBody(change);
        });
        List<?> property = passed.get(0).getProperty(ChangeEventBatch.EXCHANGE_PROPERTY, List.class);
        assertEquals(2, property.size());
        assertEquals(s("***"), ((ChangeEvent) property.get(1)).newImage().get("email"));
        assertEquals(s("***"), ((ChangeEvent) passed.get(0).getMessage().getBody()).newImage().get("email"));
    }

    @ParameterizedTest
    @CsvSource({"mask-attributes, attributes, email", "project-attributes, attributes, state", "rename-attributes, names, email=mail"})
    void aBodyMadeBeforeFailsAndTheChangeIsTransformedAllTheSame(String kamelet, String property, String value) throws Exception {
        start(kamelet, Map.of(property, value));
        Exchange exchange = send(each -> {
            each.getMessage().setBody(EventFormat.CHANGE_EVENT.toJson(change));
            each.setProperty(ChangeEvent.EXCHANGE_PROPERTY, change);
        });
        assertTrue(exchange.getException().getMessage().contains("put it before the step that makes it"), exchange.getException()::toString);
        assertFalse(exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class).newImage().containsKey("email")
                && !kamelet.startsWith("mask"));
        assertNotEquals(s(SECRET), exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class).newImage().get("email"));
        assertEquals(List.of(), passed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeadLetterHoldsTheMaskedRecord(boolean useOriginalMessage) throws Exception {
        Path letters = folder.resolve("letters.jsonl");
        camel.setAllowUseOriginalMessage(true);
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("dead.camel.yaml", """
                - route:
                    id: masked
                    errorHandler:
                      deadLetterChannel:
                        deadLetterUri: kamelet:distributary-dead-letter-file-sink?file=%s
                        deadLetterHandleNewException: false
                        useOriginalMessage: %s
                    from:
                      uri: direct:in
                      steps:
                        - to: {uri: "kamelet:distributary-mask-attributes-action", parameters: {attributes: email}}
                        - throwException: {exceptionType: java.lang.IllegalStateException, message: refused}
                """.formatted(letters, useOriginalMessage)));
        camel.start();
        ChangeEvent flat = modify(Map.of("email", s(SECRET)), Map.of("email", s(SECRET)));
        assertNull(send(flat).getException());
        String letter = Files.readString(letters);
        assertFalse(letter.contains(SECRET), letter);
        assertTrue(letter.contains("\"email\":{\"S\":\"***\"}"), letter);
        assertTrue(letter.contains("\"event_id\":\"event-1\"") && letter.contains("\"change_version\":7"), letter);
    }

    @Test
    void aProjectionKeepsWhatIsNamedAndTheKeys() throws Exception {
        start("project-attributes", Map.of("attributes", "n,contact.name,none"));
        send(change);
        ChangeEvent projected = (ChangeEvent) passed.get(0).getMessage().getBody();
        assertEquals(Map.of("pk", s("ORDER#1"), "sk", s("METADATA"), "n", n(DIGITS), "contact",
                AttributeValue.fromM(Map.of("name", s("b")))), projected.newImage());
        assertEquals(Map.of("pk", s("ORDER#1"), "sk", s("METADATA"), "n", n("1"), "contact",
                AttributeValue.fromM(Map.of("name", s("a")))), projected.oldImage());
        assertEquals(List.of("contact", "n"), projected.changedAttributes());
        assertSameChange(change, projected);
    }

    @Test
    void renamingChangesImagesAndKeysAndNoId() throws Exception {
        start("rename-attributes", Map.of("names", "pk=order_id, n=\"a=b\",email=state,state=email"));
        send(change);
        ChangeEvent renamed = (ChangeEvent) passed.get(0).getMessage().getBody();
        assertEquals(Map.of("order_id", s("ORDER#1"), "sk", s("METADATA")), renamed.keys());
        assertEquals(s("ORDER#1"), renamed.newImage().get("order_id"));
        assertEquals(n(DIGITS), renamed.newImage().get("a=b"));
        assertEquals(s("paid"), renamed.newImage().get("email"));
        assertEquals(s(SECRET), renamed.oldImage().get("state"));
        assertEquals("order_id", renamed.source().partitionKey());
        assertSameChange(change, renamed);
        assertTrue(EventFormat.CHANGE_EVENT.toJson(renamed).contains("\"keys\":{\"order_id\":\"ORDER#1\""));
    }

    @Test
    void aNameThatIsTakenFailsForGood() throws Exception {
        start("rename-attributes", Map.of("names", "n=email"));
        Exception failure = send(change).getException();
        assertEquals(EventConversionException.class, failure.getClass());
        assertTrue(failure.getMessage().contains("two attributes the name email"), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"names;a;not of the form", "names;a=b=c;not of the form", "names;a=b,a=c;another pair",
            "names;a=c,b=c;another pair", "names;=c;empty name"})
    void badNamesAreRefusedWhenTheRouteIsMade(String property, String value, String message) {
        Exception refused = assertThrows(Exception.class, () -> start("rename-attributes", Map.of(property, value)));
        assertTrue(FilterKameletsTest.causes(refused).contains(message), () -> FilterKameletsTest.causes(refused));
    }

    private static void assertSameChange(ChangeEvent before, ChangeEvent after) {
        assertEquals(before.eventId(), after.eventId());
        assertEquals(before.sequenceNumber(), after.sequenceNumber());
        assertEquals(before.version(), after.version());
        assertEquals(before.itemKey(), after.itemKey());
        assertEquals(before.eventName(), after.eventName());
        assertEquals(before.source().shardId(), after.source().shardId());
        assertEquals(before.approximateCreationDateTime(), after.approximateCreationDateTime());
        assertEquals(before.ttlDelete(), after.ttlDelete());
    }

    private static AttributeValue contact(String name) {
        return AttributeValue.fromM(Map.of("mail", s(SECRET), "name", s(name)));
    }

    private static String hash(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
