package io.distributary.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * One JSON document, written piece by piece as UTF-8. Strings are escaped as Jackson does by default: what JSON demands, and
 * characters beyond the BMP as two {@code \\u} escapes, which also keeps a lone surrogate exact. It puts the commas; that
 * names and values alternate is up to its callers. Not thread-safe.
 */
final class JsonBytes {
    private static final int MIN_CAPACITY = 512;
    private static final int MAX_FIRST_CAPACITY = 1 << 17;
    /** Bytes of the longest form of a char: its escape. */
    private static final int LONGEST = 6;
    /** Chars that are written without another look at the capacity. */
    private static final int CHUNK = 256;

    private static final byte[] HEX = ascii("0123456789ABCDEF");
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    /** For each ASCII character 0 where it stands for itself, the letter of its short escape, or {@code u}. */
    private static final byte[] ESCAPES = escapes();

    private byte[] bytes;
    private int size;
    private boolean comma;

    /** @param expected about how many bytes it will be; any number will do */
    JsonBytes(long expected) {
        bytes = new byte[(int) Math.max(MIN_CAPACITY, Math.min(expected, MAX_FIRST_CAPACITY))];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void startObject() {
        start('{');
    }

    void endObject() {
        end('}');
    }

    void startArray() {
        start('[');
    }

    void endArray() {
        end(']');
    }

    void name(String name) {
        separate();
        quoted(name);
        reserve(1);
        bytes[size++] = ':';
        comma = false;
    }

    /** @param text null becomes JSON's null */
    void string(String text) {
        if (text == null) {
            nothing();
            return;
        }
        separate();
        quoted(text);
    }

    /** @param text as JSON writes a number: ASCII, and not looked at */
    void number(String text) {
        separate();
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
    }

    void number(long number) {
        number(Long.toString(number));
    }

    void bool(boolean value) {
        literal(value ? TRUE : FALSE);
    }

    void nothing() {
        literal(NULL);
    }

    /** Standard base64, padded. */
    void binary(byte[] value) {
        separate();
        byte[] base64 = Base64.getEncoder().encode(value);
        reserve(base64.length + 2);
        bytes[size++] = '"';
        append(base64);
        bytes[size++] = '"';
    }

    void field(String name, String text) {
        name(name);
        string(text);
    }

    void field(String name, long number) {
        name(name);
        number(number);
    }

    void field(String name, boolean value) {
        name(name);
        bool(value);
    }

    void field(String name, byte[] value) {
        name(name);
        binary(value);
    }

    private void start(char bracket) {
        separate();
        reserve(1);
        bytes[size++] = (byte) bracket;
        comma = false;
    }

    private void end(char bracket) {
        reserve(1);
        bytes[size++] = (byte) bracket;
        comma = true;
    }

    private void literal(byte[] text) {
        separate();
        reserve(text.length);
        append(text);
    }

    private void separate() {
        if (comma) {
            reserve(1);
            bytes[size++] = ',';
        }
        comma = true;
    }

    private void quoted(String text) {
        reserve(text.length() + 2);
        bytes[size++] = '"';
        int plain = plain(text);
        for (int from = plain; from < text.length(); from += CHUNK) {
            any(text, from, Math.min(text.length(), from + CHUNK));
        }
        reserve(1);
        bytes[size++] = '"';
    }

    /** Writes the plain ASCII that the text begins with, most often all of it; returns where it ends. */
    private int plain(String text) {
        byte[] to = bytes;
        int offset = size;
        int length = text.length();
        int i = 0;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ESCAPES.length || ESCAPES[c] != 0) {
                break;
            }
            to[offset + i] = (byte) c;
        }
        size = offset + i;
        return i;
    }

    private void any(String text, int from, int end) {
        reserve((end - from) * LONGEST);
        byte[] to = bytes;
        int at = size;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c < ESCAPES.length) {
                byte escape = ESCAPES[c];
                if (escape == 0) {
                    to[at++] = (byte) c;
                } else if (escape == 'u') {
                    at = unicode(to, at, c);
                } else {
                    to[at++] = '\\';
                    to[at++] = escape;
                }
            } else if (c < 0x800) {
                to[at++] = (byte) (0xC0 | c >> 6);
                to[at++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isSurrogate(c)) {
                at = unicode(to, at, c);
            } else {
                to[at++] = (byte) (0xE0 | c >> 12);
                to[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                to[at++] = (byte) (0x80 | c & 0x3F);
            }
        }
        size = at;
    }

    private static int unicode(byte[] to, int at, char c) {
        to[at] = '\\';
        to[at + 1] = 'u';
        to[at + 2] = HEX[c >> 12];
        to[at + 3] = HEX[c >> 8 & 0xF];
        to[at + 4] = HEX[c >> 4 & 0xF];
        to[at + 5] = HEX[c & 0xF];
        return at + LONGEST;
    }

    private void append(byte[] more) {
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length << 1));
        }
    }

    private static byte[] escapes() {
        var escapes = new byte[0x80];
        Arrays.fill(escapes, 0, ' ', (byte) 'u');
        String shorts = "\bb\tt\nn\ff\rr\"\"\\\\";
        for (int i = 0; i < shorts.length(); i += 2) {
            escapes[shorts.charAt(i)] = (byte) shorts.charAt(i + 1);
        }
        return escapes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
