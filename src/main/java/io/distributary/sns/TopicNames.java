package io.distributary.sns;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.event.ChangeEvent;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which topic a change goes to: that of its item's attribute, else that of the URI. Thread-safe. */
final class TopicNames {
    /** ARNs kept of names; more make further look-ups. */
    private static final int KEPT = 1_000;

    private final String target;
    private final String attribute;
    private final String prefix;
    private final String defaultArn;
    private final Lookup lookup;
    private final Map<String, String> arns = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };

    /** Finds, or creates, a topic by its name. */
    @FunctionalInterface
    interface Lookup {
        /** Its ARN, or empty where there is none; throws what the client throws. */
        Optional<String> arnOf(String name);
    }

    /**
     * @param target     the endpoint as failures name it
     * @param attribute  or null: then every change goes to the topic of the URI
     * @param defaultArn of the URI, empty for none
     */
    TopicNames(String target, String attribute, String prefix, String defaultArn, Lookup lookup) {
        this.target = target;
        this.attribute = attribute;
        this.prefix = prefix == null ? "" : prefix;
        this.defaultArn = defaultArn;
        this.lookup = lookup;
    }

    /** Blocks while a name is looked up for the first time. */
    String arnOf(Part part) throws DeliveryException {
        String name = attribute == null ? null : value(part.event());
        if (name == null) {
            if (defaultArn.isEmpty()) {
                throw new DeliveryException(target, part.id(), "its item has no text in the attribute " + attribute
                        + " to name the topic, and the URI names none", true, 0, null);
            }
            return defaultArn;
        }
        return name.startsWith("arn:") ? name : lookedUp(part, prefix + name);
    }

    private synchronized String lookedUp(Part part, String name) throws DeliveryException {
        String known = arns.get(name);
        if (known != null) {
            return known;
        }
        if (!name.matches("[A-Za-z0-9_-]{1,256}(\\.fifo)?")) {
            throw new DeliveryException(target, part.id(), "'" + name + "' cannot name a topic: letters, digits, underscores and"
                    + " hyphens, .fifo at the end of a FIFO topic's", true, 0, null);
        }
        Optional<String> arn;
        try {
            arn = lookup.arnOf(name);
        } catch (RuntimeException e) {
            throw new DeliveryException(target, part.id(), "the topic " + name + " could not be looked up: " + e.getMessage(), false,
                    0, e);
        }
        if (arn.isEmpty()) {
            throw new DeliveryException(target, part.id(), "there is no topic " + name + ": create it, or set autoCreateTopic=true",
                    false, 0, null);
        }
        arns.put(name, arn.get());
        return arn.get();
    }

    private String value(ChangeEvent event) {
        if (event == null) {
            return null;
        }
        Map<String, AttributeValue> image = event.newImage() != null ? event.newImage()
                : event.oldImage() != null ? event.oldImage() : event.keys();
        AttributeValue value = image == null ? null : image.get(attribute);
        return value == null || value.s() == null || value.s().isBlank() ? null : value.s();
    }
}
