package io.distributary.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a person's files something is wrong, as {@code file:line:column}.
 *
 * @param line   from 1; 0 where only the file is known
 * @param column from 1
 */
public record Place(String file, int line, int column) {
    /** In a Camel resource location the scheme is noise. */
    public static String file(String location) {
        return location.startsWith("file:") ? location.substring("file:".length()) : location;
    }

    /** The first place, outside comments, that holds the word; Camel does not say where an option or placeholder stands. */
    public static Optional<Place> find(String file, String text, String word) {
        Pattern whole = Pattern.compile("(?<![\\w.-])" + Pattern.quote(word) + "(?![\\w-])");
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher found = whole.matcher(lines[i]);
            if (!lines[i].stripLeading().startsWith("#") && found.find()) {
                return Optional.of(new Place(file, i + 1, found.start() + 1));
            }
        }
        return Optional.empty();
    }

    /** {@link #find} in a file, or the file alone where it cannot be read or does not hold the word. */
    static String in(String file, String word) {
        try {
            return find(file, Files.readString(Path.of(file)), word).map(Place::toString).orElse(file);
        } catch (IOException e) {
            return file;
        }
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
