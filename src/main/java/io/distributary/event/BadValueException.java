package io.distributary.event;

/** A value that a writer cannot write; its path grows while it travels up, so that writing costs nothing for it. */
final class BadValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StringBuilder path = new StringBuilder();

    BadValueException(String reason) {
        super(reason, null, false, false);
    }

    BadValueException under(String attribute) {
        path.insert(0, plain(attribute) ? "." + attribute : "[" + quoted(attribute) + "]");
        return this;
    }

    BadValueException under(int index) {
        path.insert(0, "[" + index + "]");
        return this;
    }

    String path(String root) {
        return root + path;
    }

    private static boolean plain(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9' || c == '_' || c == '-');
    }

    /** The text in quotes, with what would spoil a log line escaped as in JSON. */
    static String quoted(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
