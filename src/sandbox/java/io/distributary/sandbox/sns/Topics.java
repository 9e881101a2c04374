package io.distributary.sandbox.sns;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** Every topic and subscription, by ARN. Safe for use by many threads. */
final class Topics {
    private final String arnPrefix;
    private final InstantSource clock;
    private final ConcurrentSkipListMap<String, Topic> topics = new ConcurrentSkipListMap<>();

    Topics(String region, String account, InstantSource clock) {
        this.arnPrefix = "arn:aws:sns:" + region + ":" + account + ":";
        this.clock = clock;
    }

    /** The topic; an existing one if its attributes do not contradict. */
    synchronized Topic create(String name, Map<String, String> attributes) {
        if (!name.matches("[A-Za-z0-9_-]{1,251}(\\.fifo)?")) {
            throw SnsError.invalidParameter("Topic Name");
        }
        var existing = topics.get(arnPrefix + name);
        if (existing == null) {
            var created = new Topic(arnPrefix + name, attributes, clock);
            topics.put(created.arn(), created);
            return created;
        }
        if (!existing.has(attributes)) {
            throw SnsError.invalidParameter("Attributes Reason: Topic already exists with different attributes");
        }
        return existing;
    }

    Topic topic(String arn) {
        if (!arn.matches("arn:aws[a-z-]*:sns:[^:]+:\\d{12}:.+")) {
            throw SnsError.invalidParameter("TopicArn Reason: An ARN must have at least 6 elements, not "
                    + arn.split(":").length);
        }
        var topic = topics.get(arn);
        if (topic == null) {
            throw SnsError.notFound("Topic does not exist");
        }
        return topic;
    }

    Collection<Topic> all() {
        return topics.values();
    }

    void delete(String arn) {
        topics.remove(arn);
    }

    synchronized Subscription subscribe(String topicArn, String protocol, String endpoint,
            Map<String, String> attributes) {
        var topic = topic(topicArn);
        if (!protocol.equals("sqs")) {
            throw SnsError.invalidParameter("Protocol: this stand-in delivers to sqs only, not to " + protocol);
        }
        if (!endpoint.matches("arn:aws[a-z-]*:sqs:[^:]+:\\d{12}:[^:]+")) {
            throw SnsError.invalidParameter("SQS endpoint ARN");
        }
        if (endpoint.endsWith(".fifo") && !topic.fifo()) {
            throw SnsError.invalidParameter("Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS"
                    + " topics");
        }
        var existing = topic.subscriptions().stream().filter(one -> one.queueArn().equals(endpoint)).findFirst();
        if (existing.isPresent()) {
            if (!existing.get().has(attributes)) {
                throw SnsError.invalidParameter("Attributes Reason: Subscription already exists with different"
                        + " attributes");
            }
            return existing.get();
        }
        var subscription = new Subscription(topicArn + ":" + UUID.randomUUID(), topicArn, endpoint, attributes);
        topic.subscriptions().add(subscription);
        return subscription;
    }

    Subscription subscription(String arn) {
        return find(arn).orElseThrow(() -> SnsError.notFound("Subscription does not exist"));
    }

    void unsubscribe(String arn) {
        find(arn).ifPresent(one -> topic(one.topicArn()).subscriptions().remove(one));
    }

    List<Subscription> subscriptions() {
        return all().stream().flatMap(topic -> topic.subscriptions().stream()).toList();
    }

    private Optional<Subscription> find(String arn) {
        return subscriptions().stream().filter(one -> one.arn().equals(arn)).findFirst();
    }
}
