package io.distributary.sandbox.sns;

import java.nio.charset.StandardCharsets;

/**
 * One message attribute.
 *
 * @param type  String, String.Array, Number or Binary
 * @param value the text; base64 for Binary
 */
record MessageAttribute(String type, String value) {

    static MessageAttribute of(String name, String type, String text, String binary) {
        if (type == null || !type.matches("(String|Number|Binary)(\\..+)?")) {
            throw new SnsError(400, "ParameterValueInvalid", "The message attribute '" + name
                    + "' has an invalid message attribute type, the set of supported type prefixes is Binary, Number,"
                    + " and String.");
        }
        var value = type.startsWith("Binary") ? binary : text;
        if (value == null || value.isEmpty()) {
            throw new SnsError(400, "ParameterValueInvalid", "The message attribute '" + name
                    + "' must contain non-empty message attribute value for message attribute type '" + type + "'.");
        }
        return new MessageAttribute(type, value);
    }

    boolean binary() {
        return type.startsWith("Binary");
    }

    /** Bytes that count towards the limit of a message. */
    int size(String name) {
        return bytes(name) + bytes(type) + (binary() ? value.length() / 4 * 3 : bytes(value));
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
