package io.distributary.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The text of one pattern, and where each of its characters is in what the user wrote: itself, or a filter inside of it. */
final class PatternText {
    private static final JsonFactory JSON = new JsonFactory();

    private final String written;
    private final String text;
    /** Of each character of the text, and of its end, the place in what was written; null where they are the same. */
    private final int[] places;

    private PatternText(String written, String text, int[] places) {
        this.written = written;
        this.text = text;
        this.places = places;
    }

    static PatternText of(String written) {
        return new PatternText(written, written, null);
    }

    String text() {
        return text;
    }

    /** The text that a JSON string of this one stands for. @param quote where its opening quote is */
    PatternText string(int quote, String decoded) {
        int[] inner = new int[decoded.length() + 1];
        int at = quote + 1;
        for (int i = 0; i < decoded.length(); i++) {
            inner[i] = place(at);
            at += text.charAt(at) != '\\' ? 1 : text.charAt(at + 1) == 'u' ? "\\u0000".length() : 2;
        }
        inner[decoded.length()] = place(at);
        return new PatternText(written, decoded, inner);
    }

    JsonParser parser() {
        try {
            return JSON.createParser(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EventPatternException wrong(int offset, String reason) {
        int place = place(Math.min(offset, text.length()));
        String before = written.substring(0, place);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new EventPatternException(line, place - before.lastIndexOf('\n'), reason.strip());
    }

    EventPatternException wrong(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        int offset = location == null ? 0 : (int) location.getCharOffset();
        String reason = e.getOriginalMessage();
        // Jackson repeats the position of what was opened, in words of its own.
        return wrong(offset, reason.replaceFirst("(?s)\\s*\\(start marker at .*", ""));
    }

    /** The text with these characters taken by others; the places stay. @param to one place after the last */
    PatternText with(int from, int to, String replacement) {
        char[] characters = text.toCharArray();
        Arrays.fill(characters, from, to, ' ');
        replacement.getChars(0, replacement.length(), characters, from);
        return new PatternText(written, new String(characters), places);
    }

    private int place(int offset) {
        return places == null ? offset : places[offset];
    }
}
