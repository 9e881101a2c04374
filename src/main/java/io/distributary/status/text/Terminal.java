package io.distributary.status.text;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Objects;

/**
 * What can be shown where the text goes.
 *
 * @param colours escape sequences of ANSI
 * @param unicode bars and arrows beyond ASCII
 * @param columns how wide a line may be; 0 for any width
 */
public record Terminal(boolean colours, boolean unicode, int columns) {
    private static final String BARS = "▁▂▃▄▅▆▇█→";

    /** Plain text of any width. */
    public static final Terminal PLAIN = new Terminal(false, false, 0);

    /**
     * What the environment says of it.
     *
     * @param interactive whether a person reads it, not a file
     * @param environment as {@link System#getenv()}; NO_COLOR, TERM and COLUMNS count
     * @param charset     in which the text is written
     */
    public static Terminal of(boolean interactive, Map<String, String> environment, Charset charset) {
        String term = Objects.requireNonNullElse(environment.get("TERM"), "");
        // no-color.org: present and not empty
        boolean colours = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty() && !term.equals("dumb");
        String columns = Objects.requireNonNullElse(environment.get("COLUMNS"), "");
        return new Terminal(colours, charset.newEncoder().canEncode(BARS),
                interactive && columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : 0);
    }

    /** A colour of ANSI; the text says the same without it. */
    enum Colour {
        RED(31),
        YELLOW(33),
        GREEN(32),
        DIM(2),
        BOLD(1),
        NONE(0);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    String paint(Colour colour, String text) {
        return !colours || colour == Colour.NONE || text.isEmpty() ? text : "\u001b[" + colour.code + "m" + text + "\u001b[0m";
    }

    /** What control characters a value may hold would do to the terminal; they become question marks. */
    static String safe(String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}", "?");
    }

    String arrow() {
        return unicode ? "→" : "->";
    }
}
