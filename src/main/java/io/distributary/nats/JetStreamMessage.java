package io.distributary.nats;

import io.nats.client.impl.Headers;

/**
 * A message as it is published, by every attempt alike.
 *
 * @param headers with {@link #MESSAGE_ID}
 */
record JetStreamMessage(String subject, Headers headers, byte[] data) {
    /** The header by which JetStream recognises duplicates within the stream's duplicate window. */
    static final String MESSAGE_ID = "Nats-Msg-Id";

    /** The same message with other data. */
    JetStreamMessage with(byte[] other) {
        return other == data ? this : new JetStreamMessage(subject, headers, other);
    }

    /** Its size as the server's {@code max_payload} counts it: headers and data. */
    int bytes() {
        return headers.serializedLength() + data.length;
    }
}
