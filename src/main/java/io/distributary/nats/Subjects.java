package io.distributary.nats;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import io.distributary.event.Sha256;

/** Rules of NATS subjects (docs.nats.io, Subject-Based Messaging): tokens between dots, {@code *} and {@code >} as wildcards. */
final class Subjects {
    /** The most characters of a subject: with the inbox of the acknowledgement it fits the servers' 4,096 of a control line. */
    static final int MAX_LENGTH = 2048;
    /** The most characters of a token that stands for a value. */
    static final int MAX_TOKEN_LENGTH = 255;

    /** What is no token of any value: {@code %} comes before two hex digits there. */
    private static final String ABSENT = "%";
    private static final String HASHED = "%-";
    private static final int HASH_LENGTH = 64;

    private Subjects() {
    }

    /**
     * Makes one token of any text, other texts giving other tokens: every UTF-8 byte that is not printable ASCII, and
     * {@code . * > $ %}, becomes {@code %XX}; a token of more than 255 characters its beginning, {@code %-} and the SHA-256
     * of the text in hex; an absent or empty text a lone {@code %}.
     */
    static String token(String text) {
        if (text == null || text.isEmpty()) {
            return ABSENT;
        }
        int safe = 0;
        while (safe < text.length() && isSafe(text.charAt(safe))) {
            safe++;
        }
        return safe == text.length() && safe <= MAX_TOKEN_LENGTH ? text : escaped(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(byte[] utf8) {
        StringBuilder token = new StringBuilder(utf8.length + 16);
        int kept = 0; // the longest beginning that leaves room for the hash, whole escapes only
        for (byte value : utf8) {
            char c = (char) (value & 0xff);
            if (isSafe(c)) {
                token.append(c);
            } else {
                token.append('%').append(HexFormat.of().withUpperCase().toHexDigits(value));
            }
            kept = token.length() <= MAX_TOKEN_LENGTH - HASHED.length() - HASH_LENGTH ? token.length() : kept;
        }
        if (token.length() > MAX_TOKEN_LENGTH) {
            token.setLength(kept);
            token.append(HASHED).append(Sha256.hex(utf8));
        }
        return token.toString();
    }

    /** {@code $} begins the server's own subjects, as in {@code $JS.API}. */
    private static boolean isSafe(char c) {
        return isPlain(c) && c != '$' && c != '%';
    }

    /** Printable ASCII that is no separator and no wildcard. */
    private static boolean isPlain(char c) {
        return c > ' ' && c < 0x7f && c != '.' && c != '*' && c != '>';
    }

    /** True for a subject that a message can be published to. */
    static boolean isValid(String subject) {
        boolean inToken = false;
        for (int i = 0; i < subject.length(); i++) {
            char c = subject.charAt(i);
            if (c == '.' ? !inToken : !isPlain(c)) {
                return false;
            }
            inToken = c != '.';
        }
        return inToken && subject.length() <= MAX_LENGTH;
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
