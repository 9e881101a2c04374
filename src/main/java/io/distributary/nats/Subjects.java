package io.distributary.nats;

import java.util.regex.Pattern;

/** Rules of NATS subjects (docs.nats.io, Subject-Based Messaging): tokens between dots, {@code *} and {@code >} as wildcards. */
final class Subjects {
    private static final Pattern UNSAFE = Pattern.compile("[^\\x21-\\x7e]|[.*>]");
    private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e&&[^.*>]]+(\\.[\\x21-\\x7e&&[^.*>]]+)*");

    private Subjects() {
    }

    /** Makes one token of any text: what would end or widen a subject, and all but printable ASCII, becomes {@code _}. */
    static String token(String text) {
        return text.isEmpty() ? "_" : UNSAFE.matcher(text).replaceAll("_");
    }

    /** True for a subject that a message can be published to. */
    static boolean isValid(String subject) {
        return VALID.matcher(subject).matches();
    }

    /** True when a stream's subject, which may hold wildcards, covers another, which may too. */
    static boolean covers(String pattern, String subject) {
        String[] wide = pattern.split("\\.");
        String[] narrow = subject.split("\\.");
        for (int i = 0; i < wide.length; i++) {
            if (wide[i].equals(">")) {
                return narrow.length > i;
            }
            if (i >= narrow.length || narrow[i].equals(">") || !wide[i].equals("*") && !wide[i].equals(narrow[i])) {
                return false;
            }
        }
        return wide.length == narrow.length;
    }
}
