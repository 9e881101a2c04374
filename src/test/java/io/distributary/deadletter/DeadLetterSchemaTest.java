package io.distributary.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distributary.coalesce.Part;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.FailedAttempts;
import io.distributary.oversize.Oversize;
import io.distributary.oversize.OversizeOptions;
import io.distributary.routes.Changes;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** docs/dead-letter.schema.json against every kind of dead letter there is. */
final class DeadLetterSchemaTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @Test
    void everyKindIsAsDocumented() throws Exception {
        for (Map.Entry<String, String> kind : kinds().entrySet()) {
            assertEquals(List.of(), DeadLetterSchema.problems(DeadLetterSchema.node(kind.getValue()), true), kind::toString);
        }
    }

    @Test
    void aFieldOfAnotherTypeIsFoundWhereverItIs() throws Exception {
        List<String> seen = new ArrayList<>();
        for (Map.Entry<String, String> kind : kinds().entrySet()) {
            JsonNode letter = DeadLetterSchema.node(kind.getValue());
            for (String pointer : fields(letter, "")) {
                ObjectNode changed = letter.deepCopy();
                int last = pointer.lastIndexOf('/');
                ((ObjectNode) changed.at(pointer.substring(0, last))).set(pointer.substring(last + 1), letter.at(pointer).isArray()
                        ? JsonNodeFactory.instance.numberNode(7) : JsonNodeFactory.instance.arrayNode());
                assertFalse(DeadLetterSchema.problems(changed, false).isEmpty(), () -> kind.getKey() + ": " + pointer);
                seen.add(pointer);
            }
        }
        DeadLetterSchema.document().get("properties").fieldNames()
                .forEachRemaining(name -> assertFalse(!seen.contains("/" + name), () -> "no kind has " + name));
    }

    @Test
    void aMissingFieldIsFound() throws Exception {
        JsonNode letter = DeadLetterSchema.node(kinds().get("change"));
        for (String name : List.of("format_version", "correlation_id", "attempts", "first_failed_at", "last_failed_at", "table_name",
                "shard_id", "item_key", "record")) {
            ObjectNode changed = letter.deepCopy();
            changed.remove(name);
            assertFalse(DeadLetterSchema.problems(changed, false).isEmpty(), name);
        }
        JsonNode claimed = DeadLetterSchema.node(kinds().get("claim check"));
        for (String name : List.of("bucket", "key", "size_bytes", "sha256", "content_type")) {
            ObjectNode changed = claimed.deepCopy();
            ((ObjectNode) changed.get("claim_check")).remove(name);
            assertFalse(DeadLetterSchema.problems(changed, false).isEmpty(), name);
        }
    }

    @Test
    void anotherVersionIsFoundAndAFieldThatIsNewIsNot() throws Exception {
        ObjectNode letter = (ObjectNode) DeadLetterSchema.node(kinds().get("change"));
        letter.put("new_field", 1);
        assertEquals(List.of(), DeadLetterSchema.problems(letter, false));
        assertFalse(DeadLetterSchema.problems(letter, true).isEmpty(), "what is written has to be described");
        letter.put("format_version", DeadLetterWriter.FORMAT_VERSION + 1);
        assertFalse(DeadLetterSchema.problems(letter, false).isEmpty());
        assertEquals("urn:distributary:dead-letter:" + DeadLetterWriter.FORMAT_VERSION, DeadLetterSchema.document().get("$id").asText());
    }

    @Test
    void theJarHasIt() throws IOException {
        try (InputStream shipped = DeadLetter.class.getResourceAsStream("/io/distributary/deadletter/dead-letter.schema.json")) {
            assertNotNull(shipped, "not among the resources");
            assertEquals(Files.readString(DeadLetterSchema.FILE), new String(shipped.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private Map<String, String> kinds() throws Exception {
        Map<String, String> kinds = new LinkedHashMap<>();
        ChangeEvent change = Changes.of("MODIFY", "ORDER#1").withVersion(7);
        kinds.put("change", Letters.of(change, "kamelet:distributary-sqs-sink?queue=orders"));
        kinds.put("impossible number", Letters.of(Changes.of("INSERT", "ORDER#1", AttributeValue.fromN("x")), null));
        kinds.put("unknown type", Letters.of(Changes.of("INSERT", "ORDER#1", AttributeValue.builder().build()), null));
        kinds.put("all types", Letters.of(Changes.of("REMOVE", "ORDER#1", AttributeValue.fromM(Map.of("b", AttributeValue.fromBool(true), "n",
                AttributeValue.fromNul(true), "l", AttributeValue.fromL(List.of(AttributeValue.fromS("s"))), "ss",
                AttributeValue.fromSs(List.of("a")), "ns", AttributeValue.fromNs(List.of("1"))))), "kamelet:x"));

        Exchange text = exchange(null);
        text.getMessage().setBody("text of a route without a table");
        kinds.put("body only", made(text));
        kinds.put("nothing at all", made(exchange(null)));

        Exchange givenUp = exchange(change);
        givenUp.setProperty(FailedAttempts.EXCHANGE_PROPERTY, new FailedAttempts(7, Instant.EPOCH, Instant.EPOCH.plusNanos(1)));
        kinds.put("given up by the source", made(givenUp));

        Exchange child = exchange(null);
        ChangeEventBatch.write(child, List.of(change, Changes.of("INSERT", "ORDER#2")));
        child.getMessage().setBody(change);
        kinds.put("child of a batch", made(child));

        Exchange claimed = exchange(change);
        String whole = made(claimed);
        Properties settings = new Properties();
        settings.setProperty("claim-check.bucket", "claims");
        context.getPropertiesComponent().setInitialProperties(settings);
        kinds.put("claim check", Oversize.preview(context, "aws2-sqs", "letters", new OversizeOptions())
                .fit(new Part(claimed, whole, change, true), whole, 0, whole.length() - 1));
        return kinds;
    }

    private Exchange exchange(ChangeEvent change) {
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, new IllegalStateException("refused", new IOException("x".repeat(5_000))));
        exchange.setProperty(ExchangePropertyKey.TO_ENDPOINT, "aws2-sqs://orders");
        exchange.setProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, "orders");
        if (change != null) {
            exchange.getMessage().setBody(change);
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, change);
        }
        return exchange;
    }

    private static String made(Exchange exchange) throws Exception {
        new DeadLetter().process(exchange);
        return exchange.getMessage().getBody(String.class);
    }

    /** Of all fields of objects, but those of the item itself, whose names are its own. */
    private static List<String> fields(JsonNode node, String at) {
        List<String> fields = new ArrayList<>();
        node.properties().forEach(field -> {
            String pointer = at + '/' + field.getKey();
            fields.add(pointer);
            fields.addAll(fields(field.getValue(), pointer));
        });
        return fields;
    }
}
