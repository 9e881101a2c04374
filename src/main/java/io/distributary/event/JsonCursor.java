package io.distributary.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over UTF-8 JSON of a server that writes correct JSON: what nobody asks for is stepped over by its quotes and
 * brackets alone, which is several times faster than a parser that checks it. Not thread-safe.
 */
final class JsonCursor {
    private static final VarHandle EIGHT_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';

    private final byte[] json;
    private int at;
    private int nameStart;
    private int nameEnd;

    JsonCursor(byte[] json) {
        this.json = json;
    }

    /** Steps over white space and the bracket that opens an object or array. */
    void open(char bracket) {
        if (peek() != bracket) {
            throw wrong("'" + bracket + "' expected");
        }
        at++;
    }

    /** True before a further element; false when the closing bracket has been stepped over. */
    boolean more(char bracket) {
        byte next = peek();
        if (next == bracket) {
            at++;
            return false;
        }
        if (next == ',') {
            at++;
        }
        return true;
    }

    /** Steps over a field's name, to its value; {@link #nameIs} and {@link #nameCode} tell which it was. */
    void name() {
        openString();
        nameStart = at;
        nameEnd = endOfString();
        at = nameEnd + 1;
        colon();
    }

    /** Steps over a field's name, to its value. */
    String nameText() {
        openString();
        String name = string();
        colon();
        return name;
    }

    boolean nameIs(byte[] name) {
        return nameEnd - nameStart == name.length && Arrays.equals(json, nameStart, nameEnd, name, 0, name.length);
    }

    /** False where the name has escapes or dots. */
    boolean isPlainName() {
        for (int i = nameStart; i < nameEnd; i++) {
            if (json[i] == '.' || json[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The name that {@link #name} has stepped over. */
    String nameAgain() {
        return new JsonCursor(Arrays.copyOfRange(json, nameStart - 1, nameEnd + 1)).text();
    }

    /** The letters of a name of up to four, one in each byte of the number; 0 for a longer one. */
    int nameCode() {
        int code = 0;
        for (int i = nameStart; i < nameEnd; i++) {
            code = code << 8 | json[i];
        }
        return nameEnd - nameStart <= 4 ? code : 0;
    }

    /** True, and behind it, when the value is null. */
    boolean isNull() {
        if (peek() != 'n') {
            return false;
        }
        skip();
        return true;
    }

    /** A string's characters, a number or boolean as it is written, or null. */
    String text() {
        if (peek() == '"') {
            at++;
            return string();
        }
        if (isNull()) {
            return null;
        }
        int start = at;
        skip();
        if (json[start] == '{' || json[start] == '[' || at == start) {
            throw wrong("text expected");
        }
        return new String(json, start, at - start, StandardCharsets.UTF_8);
    }

    /** As {@link #text}; where that is the one expected, without a new string. */
    String text(byte[] expected, String sameText) {
        int end = at + expected.length + 1;
        if (peek() == '"' && end < json.length && json[end] == '"' && Arrays.equals(json, at + 1, end, expected, 0, expected.length)) {
            at = end + 1;
            return sameText;
        }
        return text();
    }

    Boolean bool() {
        String text = text();
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("true or false expected");
        };
    }

    /** Steps over a value of any kind. */
    void skip() {
        byte first = peek();
        if (first == '"') {
            at++;
            at = endOfString() + 1;
        } else if (first == '{' || first == '[') {
            skipNested();
        } else {
            while (at < json.length && !isEndOfScalar(json[at])) {
                at++;
            }
        }
    }

    private void skipNested() {
        int depth = 0;
        do {
            if (at == json.length) {
                throw wrong("the JSON ends too early");
            }
            switch (json[at++]) {
                case '"' -> at = endOfString() + 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {
                    // commas, colons, white space and what is no string
                }
            }
        } while (depth > 0);
    }

    /** Of the next byte that is not white space; the cursor stands before it. */
    int position() {
        peek();
        return at;
    }

    byte[] copy(int from) {
        return Arrays.copyOfRange(json, from, at);
    }

    EventReadException wrong(String reason) {
        return new EventReadException("byte " + at + ": " + reason);
    }

    /** The next byte that is not white space; the cursor stands before it. */
    byte peek() {
        while (at < json.length) {
            byte next = json[at];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            at++;
        }
        throw wrong("the JSON ends too early");
    }

    private void openString() {
        if (peek() != '"') {
            throw wrong("a name expected");
        }
        at++;
    }

    private void colon() {
        if (peek() != ':') {
            throw wrong("':' expected");
        }
        at++;
    }

    private static boolean isEndOfScalar(byte next) {
        return next == ',' || next == '}' || next == ']' || next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    /** From behind the opening quote to behind the closing one. */
    private String string() {
        int start = at;
        int special = quoteOrBackslash(start);
        if (json[special] == '"') {
            at = special + 1;
            return new String(json, start, special - start, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder();
        while (json[special] == '\\') {
            text.append(new String(json, start, special - start, StandardCharsets.UTF_8));
            at = special + 1;
            text.append(escaped());
            start = at;
            special = quoteOrBackslash(start);
        }
        at = special + 1;
        return text.append(new String(json, start, special - start, StandardCharsets.UTF_8)).toString();
    }

    private char escaped() {
        if (at == json.length) {
            throw wrong("the JSON ends too early");
        }
        byte letter = json[at++];
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            case '"', '\\', '/' -> (char) letter;
            default -> throw wrong("unknown escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int end = at + 4; at < end; at++) {
            int digit = at < json.length ? Character.digit(json[at], 16) : -1;
            if (digit < 0) {
                throw wrong("four hexadecimal digits expected");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    /** The closing quote of the string that the cursor is in. */
    private int endOfString() {
        int end = quoteOrBackslash(at);
        while (json[end] == '\\') {
            end = quoteOrBackslash(end + 2);
        }
        return end;
    }

    private int quoteOrBackslash(int from) {
        int i = from;
        for (; i <= json.length - Long.BYTES; i += Long.BYTES) {
            long bytes = (long) EIGHT_BYTES.get(json, i);
            long found = zeros(bytes ^ QUOTES) | zeros(bytes ^ BACKSLASHES);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < json.length; i++) {
            if (json[i] == '"' || json[i] == '\\') {
                return i;
            }
        }
        throw wrong("a string without an end");
    }

    /** The high bit of the first byte that is 0, and perhaps of some behind it (Warren, Hacker's Delight, 6-1). */
    private static long zeros(long bytes) {
        return bytes - ONES & ~bytes & HIGH_BITS;
    }
}
