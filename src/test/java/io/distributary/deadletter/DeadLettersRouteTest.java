package io.distributary.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.routes.Changes;
import org.apache.camel.BeanInject;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.main.junit5.CamelMainTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The shipped error handling with the dead letter kamelet for a file, from the failing target to the line in the file. */
@CamelMainTest(propertyPlaceholderLocations = "file:application.properties", replaceRouteFromWith = "orders-fanout=direct:changes",
        properties = {"camel.main.routesIncludePattern=file:routes/*.camel.yaml",
            "camel.component.kamelet.location=classpath:kamelets,file:kamelets",
            "dead-letter.uri=kamelet:distributary-dead-letter-file-sink?file=" + DeadLettersRouteTest.FILE,
            "dead-letter.redelivery-delay=1"})
final class DeadLettersRouteTest {
    static final String FILE = "target/dead-letters-test/dead-letters.jsonl";

    private static final Path PATH = Path.of(FILE);

    @BeanInject
    CamelContext context;

    @BeforeEach
    void noDeadLetters() throws IOException {
        Files.deleteIfExists(PATH);
    }

    @Test
    void deadLetterTellsWhatFailedWhereWhyAndHowOften() throws IOException {
        fail("opensearch", new IllegalStateException("cannot index", new IOException("disk full")));
        ChangeEvent event = Changes.of("MODIFY", "ORDER#7");
        Instant before = Instant.now();

        assertNull(send(event).getException());

        JsonNode letter = onlyLetter();
        assertEquals(1, letter.get("format_version").asInt());
        assertEquals(event.eventId(), letter.get("event_id").asText());
        assertEquals("MODIFY", letter.get("event_name").asText());
        assertEquals("orders", letter.get("table_name").asText());
        assertEquals("shardId-1", letter.get("shard_id").asText());
        assertEquals(event.sequenceNumber(), letter.get("sequence_number").asText());
        assertEquals("ORDER#7|METADATA", letter.get("item_key").asText());
        assertEquals("kamelet:distributary-opensearch-sink", letter.get("target").asText());
        assertEquals("mock://opensearch", letter.get("endpoint").asText());
        assertEquals("orders-fanout", letter.get("route_id").asText());
        assertFalse(letter.get("correlation_id").asText().isEmpty());
        assertEquals(5, letter.get("attempts").asInt());
        Instant first = Instant.parse(letter.get("first_failed_at").asText());
        Instant last = Instant.parse(letter.get("last_failed_at").asText());
        assertFalse(first.isBefore(before));
        assertTrue(first.isBefore(last));
        assertEquals("java.lang.IllegalStateException", letter.at("/exception/class").asText());
        assertEquals("cannot index", letter.at("/exception/message").asText());
        assertEquals("java.io.IOException", letter.at("/exception/root_cause/class").asText());
        assertEquals("disk full", letter.at("/exception/root_cause/message").asText());
        assertEquals(new ObjectMapper().readTree(EventFormat.DYNAMODB_JSON.toJson(event)), letter.get("record"));
    }

    @Test
    void recordIsKeptEvenWhereItCannotBeConverted() throws IOException {
        ChangeEvent poison = Changes.of("INSERT", "ORDER#1", AttributeValue.fromN("not a number"));
        assertNull(send(poison).getException());

        JsonNode letter = onlyLetter();
        assertEquals("not a number", letter.at("/record/dynamodb/NewImage/total/N").asText());
        assertEquals(poison.eventId(), letter.at("/record/eventID").asText());
        assertEquals(1, letter.get("attempts").asInt());
        assertFalse(letter.has("target"));
        assertEquals("io.distributary.event.EventConversionException", letter.at("/exception/class").asText());
    }

    @Test
    void eachFailingTargetHasItsOwnDeadLetter() throws IOException {
        fail("sqs", new IllegalStateException("a"));
        fail("jetstream", new IllegalStateException("b"));
        assertNull(send(Changes.of("REMOVE", "PRODUCT#1")).getException());
        assertEquals(List.of("kamelet:distributary-sqs-sink", "kamelet:distributary-jetstream-sink"),
                letters().stream().map(letter -> letter.get("target").asText()).toList());
    }

    @Test
    void exchangeFailsWhileTheFileCannotBeWritten() throws IOException {
        Files.createDirectories(PATH);
        fail("sns", new IllegalStateException("unavailable"));
        Exchange done = send(Changes.of("INSERT", "ORDER#1"));
        assertNotNull(done.getException());
    }

    private Exchange send(ChangeEvent event) {
        return Changes.send(context.createProducerTemplate(), event);
    }

    private void fail(String target, Exception failure) {
        context.getEndpoint("mock:" + target, MockEndpoint.class).whenAnyExchangeReceived(exchange -> {
            throw failure;
        });
    }

    private static JsonNode onlyLetter() throws IOException {
        List<JsonNode> letters = letters();
        assertEquals(1, letters.size(), letters::toString);
        return letters.get(0);
    }

    private static List<JsonNode> letters() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (var lines = Files.lines(PATH)) {
            return lines.map(line -> {
                try {
                    DeadLetterSchema.check(line);
                    return mapper.readTree(line);
                } catch (IOException e) {
                    throw new IllegalStateException("Not JSON: " + line, e);
                }
            }).toList();
        }
    }
}
