package io.distributary.sandbox.sns;

import java.util.Map;

/**
 * What is published.
 *
 * @param subject         null if none
 * @param group           message group id; null outside FIFO topics
 * @param deduplicationId as given; null if not given
 */
record Message(String body, String subject, Map<String, MessageAttribute> attributes, String group,
        String deduplicationId) {
    /** SNS's limit of one message with its attributes, and of one batch. */
    static final int MAX_BYTES = 256 * 1024;

    /** @throws SnsError for message attributes or a structure that cannot be read */
    static Message of(QueryRequest request) {
        if (request.get("MessageStructure") != null) {
            throw SnsError.invalidParameter("MessageStructure: this stand-in does not know it");
        }
        return new Message(request.get("Message"), request.get("Subject"), request.messageAttributes(),
                request.get("MessageGroupId"), request.get("MessageDeduplicationId"));
    }

    int size() {
        var size = body == null ? 0 : MessageAttribute.bytes(body);
        for (var attribute : attributes.entrySet()) {
            size += attribute.getValue().size(attribute.getKey());
        }
        return size;
    }

    /** @throws SnsError as SNS refuses it */
    void check(Topic topic) {
        if (body == null || body.isEmpty()) {
            throw SnsError.invalidParameter("Empty message");
        }
        if (size() > MAX_BYTES) {
            throw SnsError.invalidParameter("Message too long");
        }
        if (subject != null && (subject.isEmpty() || subject.length() > 100
                || subject.chars().anyMatch(Character::isISOControl))) {
            throw SnsError.invalidParameter("Subject");
        }
        if (topic.fifo() && group == null) {
            throw SnsError.invalidParameter("The MessageGroupId parameter is required for FIFO topics");
        }
        if (topic.fifo() && deduplicationId == null && !topic.contentBasedDeduplication()) {
            throw SnsError.invalidParameter("The topic should either have ContentBasedDeduplication enabled or"
                    + " MessageDeduplicationId provided explicitly");
        }
        if (!topic.fifo() && deduplicationId != null) {
            throw SnsError.invalidParameter("MessageDeduplicationId Reason: The request includes MessageDeduplicationId"
                    + " parameter that is not valid for this topic type");
        }
        checkId("MessageGroupId", group);
        checkId("MessageDeduplicationId", deduplicationId);
    }

    private static void checkId(String name, String id) {
        if (id != null && !id.matches("[\\p{Alnum}\\p{Punct}]{1,128}")) {
            throw SnsError.invalidParameter(name
                    + " Reason: can only include alphanumeric and punctuation characters, at most 128");
        }
    }
}
