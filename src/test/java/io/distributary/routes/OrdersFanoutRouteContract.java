package io.distributary.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.event.ChangeEvent;
import org.apache.camel.BeanInject;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the orders route promises, whatever the DSL: whom it tells, and what becomes of a change that a target refuses. */
abstract class OrdersFanoutRouteContract {
    /** application.properties as it is shipped, with the targets' kamelets replaced by mocks and short delays. */
    static final String KAMELETS = "camel.component.kamelet.location=classpath:kamelets,file:kamelets";
    static final String DEAD_LETTERS = "dead-letter.uri=mock:dead-letters";
    static final String DELAY = "dead-letter.redelivery-delay=1";
    static final String FROM = "=direct:changes";
    static final String SHIPPED = "file:application.properties";

    private static final List<String> TARGETS = List.of("sns", "sqs", "jetstream", "opensearch");
    private static final int ATTEMPTS = 5;

    /** What becomes of a change at one target. */
    private enum Outcome { DELIVERED, DEAD_LETTERED, NOT_EVEN_DEAD_LETTERED }

    @BeanInject
    CamelContext context;

    @Test
    void everyKindOfChangeReachesThoseWhomItConcerns() {
        Map<String, Set<String>> expected = new LinkedHashMap<>();
        expected.put("INSERT ORDER#1", Set.of("sns", "sqs", "jetstream", "opensearch"));
        expected.put("MODIFY ORDER#1", Set.of("sns", "sqs", "jetstream", "opensearch"));
        expected.put("REMOVE ORDER#1", Set.of("sqs", "jetstream", "opensearch"));
        for (String kind : List.of("INSERT", "MODIFY", "REMOVE")) {
            expected.put(kind + " CUSTOMER#1", Set.of("jetstream", "opensearch"));
            expected.put(kind + " PRODUCT#1", Set.of("sqs", "jetstream", "opensearch"));
            for (String other : List.of("AUDIT#1", "ORDER", "ORDERS#1", "XORDER#1", "order#1", "#ORDER#1")) {
                expected.put(kind + " " + other, Set.of());
            }
        }
        expected.forEach((change, targets) -> {
            MockEndpoint.resetMocks(context);
            String[] kindAndKey = change.split(" ");
            Exchange done = Changes.send(template(), Changes.of(kindAndKey[0], kindAndKey[1]));
            assertNull(done.getException(), change);
            Set<String> reached = new TreeSet<>();
            TARGETS.stream().filter(target -> mock(target).getReceivedCounter() == 1).forEach(reached::add);
            assertEquals(new TreeSet<>(targets), reached, change);
            assertEquals(targets.size(), TARGETS.stream().mapToInt(target -> mock(target).getReceivedCounter()).sum(), change);
        });
    }

    @Test
    void targetsGetTheEnvelopeAsJson() throws Exception {
        ChangeEvent event = Changes.of("INSERT", "ORDER#7");
        Changes.send(template(), event);
        for (String target : TARGETS) {
            var envelope = new ObjectMapper().readTree(mock(target).getExchanges().get(0).getMessage().getBody(String.class));
            assertEquals(event.eventId(), envelope.get("event_id").asText(), target);
            assertEquals("ORDER#7", envelope.get("new_image").get("pk").asText(), target);
        }
    }

    /** All 81 combinations: no failure is lost, wherever it stands in the multicast and whatever became of the others. */
    @Test
    void exchangeSucceedsOnlyWhereEveryTargetHasTheChangeOrItsDeadLetter() {
        for (int combination = 0; combination < 81; combination++) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int rest = combination, i = 0; i < TARGETS.size(); i++, rest /= 3) {
                outcomes.add(Outcome.values()[rest % 3]);
            }
            expect(outcomes);

            Exchange done = Changes.send(template(), Changes.of("INSERT", "ORDER#1"));

            boolean lost = outcomes.contains(Outcome.NOT_EVEN_DEAD_LETTERED);
            assertEquals(lost, done.getException() != null, outcomes + ": " + done.getException());
            assertEquals(lost, done.isFailed(), outcomes::toString);
            for (int i = 0; i < TARGETS.size(); i++) {
                assertEquals(outcomes.get(i) == Outcome.DELIVERED ? 1 : ATTEMPTS, mock(TARGETS.get(i)).getReceivedCounter(),
                        outcomes + " at " + TARGETS.get(i));
            }
            assertEquals(outcomes.stream().filter(outcome -> outcome != Outcome.DELIVERED).count(),
                    mock("dead-letters").getReceivedCounter(), outcomes::toString);
        }
    }

    @Test
    void failedTargetIsTriedAgainAloneWithTheSameMessage() {
        mock("jetstream").whenExchangeReceived(1, exchange -> {
            throw new IllegalStateException("no leader");
        });
        Exchange done = Changes.send(template(), Changes.of("MODIFY", "CUSTOMER#1"));
        assertNull(done.getException());
        assertEquals(2, mock("jetstream").getReceivedCounter());
        assertEquals(mock("jetstream").getExchanges().get(0).getMessage().getBody(String.class),
                mock("jetstream").getExchanges().get(1).getMessage().getBody(String.class));
        assertEquals(1, mock("opensearch").getReceivedCounter());
        assertEquals(0, mock("dead-letters").getReceivedCounter());
    }

    @Test
    void unconvertibleRecordBecomesOneDeadLetterAtOnceAndReachesNoTarget() {
        ChangeEvent poison = Changes.of("INSERT", "ORDER#1", AttributeValue.builder().build());
        Exchange done = Changes.send(template(), poison);
        assertNull(done.getException());
        assertEquals(1, mock("dead-letters").getReceivedCounter());
        TARGETS.forEach(target -> assertEquals(0, mock(target).getReceivedCounter(), target));
    }

    @Test
    void unconvertibleRecordFailsItsExchangeWhileItsDeadLetterCannotBeStored() {
        mock("dead-letters").whenAnyExchangeReceived(exchange -> {
            throw new IllegalStateException("the queue is gone");
        });
        Exchange done = Changes.send(template(), Changes.of("INSERT", "ORDER#1", AttributeValue.builder().build()));
        assertNotNull(done.getException());
        assertTrue(done.isFailed());
    }

    private void expect(List<Outcome> outcomes) {
        MockEndpoint.resetMocks(context);
        for (int i = 0; i < TARGETS.size(); i++) {
            if (outcomes.get(i) != Outcome.DELIVERED) {
                mock(TARGETS.get(i)).whenAnyExchangeReceived(exchange -> {
                    throw new IllegalStateException("unavailable");
                });
            }
        }
        mock("dead-letters").whenAnyExchangeReceived(exchange -> {
            String endpoint = exchange.getProperty(ExchangePropertyKey.FAILURE_ENDPOINT, String.class);
            int target = TARGETS.indexOf(endpoint.replace("mock://", ""));
            if (outcomes.get(target) == Outcome.NOT_EVEN_DEAD_LETTERED) {
                throw new IllegalStateException("the queue is gone");
            }
        });
    }

    private MockEndpoint mock(String name) {
        return context.getEndpoint("mock:" + name, MockEndpoint.class);
    }

    private ProducerTemplate template() {
        return context.createProducerTemplate();
    }
}
