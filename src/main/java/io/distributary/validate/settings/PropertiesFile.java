package io.distributary.validate.settings;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import io.distributary.diagnosis.Place;

/** A properties file whose entries know their place. Immutable. */
public final class PropertiesFile {
    private final String name;
    private final List<Entry> entries;

    private PropertiesFile(String name, List<Entry> entries) {
        this.name = name;
        this.entries = entries;
    }

    /** @param valueColumn where the value begins, in the line of the key; 0 where it begins on another */
    record Entry(String key, String value, Place place, int valueColumn) {
        /** The place of a character of the value. */
        Place at(int offset) {
            return valueColumn == 0 ? place : new Place(place.file(), place.line(), valueColumn + offset);
        }
    }

    /** Reads {@link java.util.Properties} syntax. */
    public static PropertiesFile of(String name, String text) {
        List<Entry> entries = new ArrayList<>();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            int first = i;
            StringBuilder logical = new StringBuilder(lines[i]);
            if (isComment(lines[i])) {
                continue;
            }
            while (continues(logical) && i + 1 < lines.length) {
                i++;
                logical.append('\n').append(lines[i]);
            }
            entry(name, logical.toString(), first + 1).ifPresent(entries::add);
        }
        return new PropertiesFile(name, entries);
    }

    private static boolean isComment(String line) {
        String stripped = line.stripLeading();
        return stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith("!");
    }

    private static boolean continues(CharSequence line) {
        int backslashes = 0;
        for (int i = line.length() - 1; i >= 0 && line.charAt(i) == '\\'; i--) {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static Optional<Entry> entry(String file, String line, int number) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int column = line.length() - line.stripLeading().length() + 1;
        return one.stringPropertyNames().stream().findFirst().map(key -> {
            String value = one.getProperty(key);
            int at = value.isEmpty() || line.contains("\n") || line.contains("\\") ? -1 : line.length() - value.length();
            return new Entry(key, value, new Place(file, number, column), at + 1);
        });
    }

    String name() {
        return name;
    }

    List<Entry> entries() {
        return entries;
    }

    /** Where a key stands; the file where it does not. */
    public Place place(String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).map(Entry::place).findFirst()
                .orElse(new Place(name, 0, 0));
    }

    /** The values; of a key that is there twice, the last. */
    public Properties properties() {
        Properties properties = new Properties();
        entries.forEach(entry -> properties.setProperty(entry.key(), entry.value()));
        return properties;
    }
}
