package io.distributary.sandbox.scripted;

import java.util.Map;

/**
 * An entry of a batch as it came in; what it does not say is null.
 *
 * @param target     the queue's URL or the topic's ARN
 * @param id         its id in the request
 * @param attributes by name, each as {@code Type:value}
 */
public record Sent(String target, String id, String body, String group, String deduplicationId, String subject,
        String structure, String delay, Map<String, String> attributes) {
}
