package io.distributary.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.FailedAttempts;
import io.distributary.routes.Changes;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What the dead letter channel does about batches, and about records that their source has given up. */
final class BatchDeadLetterTest {
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final Exception refused = new IOException("refused");
    private final ChangeEvent first = Changes.of("INSERT", "ORDER#1");

    @Test
    void batchOfSeveralRecordsIsNeitherTriedAgainNorMadeADeadLetter() {
        batch(first, Changes.of("INSERT", "ORDER#2"));
        assertTrue(new PermanentFailure().matches(exchange));
        UnsplitBatchException problem = assertThrows(UnsplitBatchException.class, () -> new DeadLetter().process(exchange));
        assertSame(refused, problem.getCause());
        assertTrue(problem.getMessage().startsWith("A batch of 2 records makes no dead letter"), problem.getMessage());
        exchange.getMessage().setBody("transformed");
        assertThrows(UnsplitBatchException.class, () -> new DeadLetter().process(exchange));
    }

    @Test
    void batchOfOneRecordFailsAsARecordDoesEvenWhereItsBodyIsTransformed() throws Exception {
        batch(first);
        exchange.getMessage().setBody("transformed");
        assertFalse(new PermanentFailure().matches(exchange));
        assertEquals(first.eventId(), letter().get("event_id").asText());
    }

    @Test
    void recordThatTheRouteTookOutOfItsBatchIsADeadLetterByItself() throws Exception {
        ChangeEvent second = Changes.of("INSERT", "ORDER#2");
        batch(first, second);
        exchange.getMessage().setBody(second);
        assertFalse(new PermanentFailure().matches(exchange));
        assertEquals(second.eventId(), letter().get("event_id").asText());
    }

    @Test
    void attemptsThatTheSourceCountedWinOverThoseSeenHere() throws Exception {
        Instant begin = Instant.parse("2026-11-20T12:00:00Z");
        batch(first);
        exchange.setProperty(ExchangePropertyKey.TO_ENDPOINT, "kamelet://distributary-dead-letter-file-sink");
        exchange.setProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, "orders");
        exchange.setProperty(FailedAttempts.EXCHANGE_PROPERTY, new FailedAttempts(7, begin, begin.plusSeconds(60)));
        JsonNode letter = letter();
        assertEquals(7, letter.get("attempts").asInt());
        assertEquals("orders", letter.get("route_id").asText());
        assertEquals("2026-11-20T12:00:00Z", letter.get("first_failed_at").asText());
        assertEquals("2026-11-20T12:01:00Z", letter.get("last_failed_at").asText());
        assertFalse(letter.has("target") || letter.has("endpoint"), letter.toString());
    }

    private void batch(ChangeEvent... events) {
        ChangeEventBatch.write(exchange, List.of(events));
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, refused);
    }

    private JsonNode letter() throws Exception {
        new DeadLetter().process(exchange);
        DeadLetterSchema.check(exchange.getMessage().getBody(String.class));
        return new ObjectMapper().readTree(exchange.getMessage().getBody(String.class));
    }
}
