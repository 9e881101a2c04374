package io.distributary.sandbox.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicTest {
    private final List<String> delivered = new ArrayList<>();
    private final Delivery delivery =
            (topic, subscription, message, published, id) -> delivered.add(message.body() + "/" + id);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Topics topics;

    @BeforeEach
    void createTopics() {
        topics = new Topics("us-east-1", "000000000000", () -> now);
    }

    private Topic fifo(Map<String, String> attributes) {
        var all = new HashMap<>(attributes);
        all.put("FifoTopic", "true");
        var topic = topics.create("orders.fifo", all);
        topics.subscribe(topic.arn(), "sqs", "arn:aws:sqs:us-east-1:000000000000:orders.fifo", Map.of());
        return topic;
    }

    private static Message message(String body, String group, String id) {
        return new Message(body, null, Map.of(), group, id);
    }

    @Test
    void aRepeatedDeduplicationIdIsAnsweredAsBeforeAndDeliveredOnce() {
        var topic = fifo(Map.of());

        var first = topic.publish(message("a", "g", "id"), delivery);
        now = now.plus(Topic.DEDUPLICATION_WINDOW);
        var second = topic.publish(message("b", "g", "id"), delivery);

        assertEquals(first, second);
        assertEquals(List.of("a/id"), delivered);
    }

    @Test
    void afterTheWindowTheIdIsNew() {
        var topic = fifo(Map.of());

        var first = topic.publish(message("a", "g", "id"), delivery);
        now = now.plus(Topic.DEDUPLICATION_WINDOW).plus(Duration.ofMillis(1));
        var second = topic.publish(message("a", "g", "id"), delivery);

        assertNotEquals(first.messageId(), second.messageId());
        assertTrue(first.sequenceNumber().compareTo(second.sequenceNumber()) < 0);
        assertEquals(List.of("a/id", "a/id"), delivered);
    }

    @Test
    void contentBasedDeduplicationTakesTheHashOfTheBody() {
        var topic = fifo(Map.of("ContentBasedDeduplication", "true"));

        topic.publish(message("a", "g", null), delivery);
        topic.publish(message("a", "g", null), delivery);

        assertEquals(List.of("a/ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"), delivered);
    }

    @Test
    void aFifoTopicNeedsGroupAndId() {
        var topic = fifo(Map.of());

        assertThrows(SnsError.class, () -> topic.publish(message("a", null, "id"), delivery));
        assertThrows(SnsError.class, () -> topic.publish(message("a", "g", null), delivery));
        assertEquals(List.of(), delivered);
    }

    @Test
    void theSizeLimitCountsAttributesAndIsExact() {
        var topic = topics.create("orders", Map.of());
        topics.subscribe(topic.arn(), "sqs", "arn:aws:sqs:us-east-1:000000000000:orders", Map.of());
        var attributes = Map.of("name", new MessageAttribute("String", "value"));
        var room = Message.MAX_BYTES - "nameStringvalue".length();

        topic.publish(new Message("x".repeat(room), null, attributes, null, null), delivery);
        var tooLong = new Message("x".repeat(room + 1), null, attributes, null, null);

        assertEquals("Invalid parameter: Message too long",
                assertThrows(SnsError.class, () -> topic.publish(tooLong, delivery)).getMessage());
        assertEquals(1, delivered.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.fifo.x", "é"})
    void aBadTopicNameIsRefused(String name) {
        assertThrows(SnsError.class, () -> topics.create(name, Map.of()));
    }

    @Test
    void theFifoSuffixAndTheAttributeGoTogether() {
        assertThrows(SnsError.class, () -> topics.create("orders.fifo", Map.of()));
        assertThrows(SnsError.class, () -> topics.create("orders", Map.of("FifoTopic", "true")));
    }

    @Test
    void aFifoQueueCannotSubscribeToAStandardTopic() {
        var topic = topics.create("orders", Map.of());
        assertThrows(SnsError.class,
                () -> topics.subscribe(topic.arn(), "sqs", "arn:aws:sqs:us-east-1:000000000000:orders.fifo", Map.of()));
    }
}
