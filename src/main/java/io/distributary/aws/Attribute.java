package io.distributary.aws;

import java.util.Collection;

/**
 * A message attribute, as SQS and SNS have them alike.
 *
 * @param name   its name
 * @param type   String, Number, Binary or String.Array, or one of these with a label of its own
 * @param text   its value, or null for a binary one
 * @param binary its value, or null for a text
 */
public record Attribute(String name, String type, String text, byte[] binary) {
    /** SQS keeps no more; SNS delivers no more to a queue with raw delivery. */
    public static final int MAX = 10;

    /** What counts towards the limits of SQS and SNS: name, type and value. */
    int bytes() {
        return utf8Length(name) + utf8Length(type) + (text == null ? binary.length : utf8Length(text));
    }

    /** The size of a message with this body as SQS and SNS count it. */
    public static int messageBytes(String body, Collection<Attribute> attributes) {
        long bytes = utf8Length(body);
        for (Attribute attribute : attributes) {
            bytes += attribute.bytes();
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** Bytes of the text in UTF-8, where a lone surrogate becomes a question mark. */
    static int utf8Length(CharSequence text) {
        int length = text.length();
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                boolean pair = Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
                if (pair) {
                    i++; // two chars, four bytes
                }
                bytes += !pair && Character.isSurrogate(c) ? 0 : 2;
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }
}
