package io.distributary.sandbox.sns;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A subscription of an SQS queue to a topic. */
final class Subscription {
    private static final Set<String> BOOLEAN = Set.of("true", "false");

    private final String arn;
    private final String topicArn;
    private final String queueArn;
    private final Map<String, String> attributes = new ConcurrentHashMap<>();
    private volatile FilterPolicy filter = FilterPolicy.NONE;

    Subscription(String arn, String topicArn, String queueArn, Map<String, String> attributes) {
        this.arn = arn;
        this.topicArn = topicArn;
        this.queueArn = queueArn;
        attributes.forEach(this::set);
    }

    String arn() {
        return arn;
    }

    String topicArn() {
        return topicArn;
    }

    String queueArn() {
        return queueArn;
    }

    /** True: the body alone is delivered; false: SNS's JSON envelope around it. */
    boolean raw() {
        return "true".equals(attributes.get("RawMessageDelivery"));
    }

    boolean accepts(Message message) {
        return filter.matches(message.attributes());
    }

    void set(String name, String value) {
        switch (name) {
            case "RawMessageDelivery" -> {
                if (!BOOLEAN.contains(value)) {
                    throw SnsError.invalidParameter("Attributes Reason: RawMessageDelivery: Invalid value [" + value
                            + "]. Must be true or false.");
                }
            }
            case "FilterPolicy" -> filter = FilterPolicy.parse(value);
            case "FilterPolicyScope" -> {
                if (!value.equals("MessageAttributes")) {
                    throw SnsError.invalidParameter("FilterPolicyScope: this stand-in knows MessageAttributes only");
                }
            }
            default -> throw SnsError.invalidParameter("AttributeName");
        }
        if (value.isEmpty()) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
    }

    /** As GetSubscriptionAttributes shows them. */
    Map<String, String> attributes() {
        var all = new LinkedHashMap<>(attributes);
        all.putIfAbsent("RawMessageDelivery", "false");
        all.put("SubscriptionArn", arn);
        all.put("TopicArn", topicArn);
        all.put("Protocol", "sqs");
        all.put("Endpoint", queueArn);
        all.put("Owner", arn.split(":")[4]);
        all.put("PendingConfirmation", "false");
        return all;
    }

    boolean has(Map<String, String> wanted) {
        return wanted.entrySet().stream().allMatch(entry -> entry.getValue().equals(attributes().get(entry.getKey())));
    }
}
