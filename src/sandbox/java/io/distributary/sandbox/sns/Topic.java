package io.distributary.sandbox.sns;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A topic: its attributes, its subscriptions and, if FIFO, what it has seen within the de-duplication window. */
final class Topic {
    /** From SNS's documentation of FIFO topics. */
    static final Duration DEDUPLICATION_WINDOW = Duration.ofMinutes(5);
    private static final Set<String> SETTABLE = Set.of("DisplayName", "Policy", "DeliveryPolicy", "FifoTopic",
            "KmsMasterKeyId", "ContentBasedDeduplication", "FifoThroughputScope", "SignatureVersion",
            "TracingConfig", "ArchivePolicy");

    private final String arn;
    private final InstantSource clock;
    private final Map<String, String> attributes = new ConcurrentHashMap<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private long sequence;

    private record Seen(Instant at, Published published) {
    }

    Topic(String arn, Map<String, String> attributes, InstantSource clock) {
        this.arn = arn;
        this.clock = clock;
        attributes.forEach(this::set);
        if (fifo() != arn.endsWith(".fifo")) {
            throw SnsError.invalidParameter("Topic Name");
        }
    }

    String arn() {
        return arn;
    }

    boolean fifo() {
        return "true".equals(attributes.get("FifoTopic"));
    }

    boolean contentBasedDeduplication() {
        return "true".equals(attributes.get("ContentBasedDeduplication"));
    }

    void set(String name, String value) {
        if (!SETTABLE.contains(name)) {
            throw SnsError.invalidParameter("AttributeName");
        }
        attributes.put(name, value);
    }

    /** As GetTopicAttributes shows them. */
    Map<String, String> attributes() {
        var all = new LinkedHashMap<>(attributes);
        all.put("TopicArn", arn);
        all.put("Owner", arn.split(":")[4]);
        all.put("SubscriptionsConfirmed", Integer.toString(subscriptions.size()));
        all.put("SubscriptionsPending", "0");
        all.put("SubscriptionsDeleted", "0");
        return all;
    }

    /** True where all of these attributes have these values: a repeated CreateTopic is then no conflict. */
    boolean has(Map<String, String> wanted) {
        return wanted.entrySet().stream().allMatch(entry -> entry.getValue().equals(attributes.get(entry.getKey())));
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    /** Delivers to every subscription whose filter matches; a FIFO topic one message after the other. */
    Published publish(Message message, Delivery delivery) {
        message.check(this);
        if (!fifo()) {
            var published = new Published(UUID.randomUUID().toString(), null);
            deliver(message, published, null, delivery);
            return published;
        }
        synchronized (seen) {
            var now = clock.instant();
            seen.values().removeIf(old -> old.at().isBefore(now.minus(DEDUPLICATION_WINDOW)));
            var id = message.deduplicationId() == null ? sha256(message.body()) : message.deduplicationId();
            var before = seen.get(id);
            if (before != null) {
                return before.published();
            }
            var published = new Published(UUID.randomUUID().toString(), "1%019d".formatted(++sequence));
            deliver(message, published, id, delivery);
            seen.put(id, new Seen(now, published));
            return published;
        }
    }

    private void deliver(Message message, Published published, String deduplicationId, Delivery delivery) {
        for (var subscription : subscriptions) {
            if (subscription.accepts(message)) {
                delivery.deliver(this, subscription, message, published, deduplicationId);
            }
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
