package io.distributary.event.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * The JSON objects of a stream one by one: one per line, over many lines, behind each other, or in a top-level array. Only
 * quotes and brackets are looked at; whether an object is correct JSON shows where it is read. Not thread-safe.
 */
final class JsonDocuments implements AutoCloseable {
    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;

    private final InputStream in;
    private final String name;
    private long line = 1;
    private boolean inArray;

    /**
     * An object.
     *
     * @param line where it begins, from 1 on
     */
    record Document(byte[] json, long line) {
    }

    /** @param name of the stream, for messages */
    JsonDocuments(InputStream stream, String name) throws IOException {
        this.name = name;
        InputStream buffered = new BufferedInputStream(stream);
        buffered.mark(2);
        boolean zipped = buffered.read() == GZIP_1 && buffered.read() == GZIP_2;
        buffered.reset();
        in = zipped ? new BufferedInputStream(new GZIPInputStream(buffered)) : buffered;
    }

    /**
     * The next one, or null at the end.
     *
     * @throws EventInputException where something else stands there, or the stream ends inside an object
     */
    Document next() throws IOException {
        while (true) {
            int next = in.read();
            switch (next) {
                case -1 -> {
                    if (inArray) {
                        throw new EventInputException(place(line), "the array is not closed: the file ends too early", null);
                    }
                    return null;
                }
                case '\n' -> line++;
                case ' ', '\t', '\r', 0xef, 0xbb, 0xbf -> {
                    // white space, or the byte order mark that some editors write
                }
                case '{' -> {
                    return object();
                }
                default -> separator((char) next);
            }
        }
    }

    private void separator(char next) {
        if (next == '[' && !inArray) {
            inArray = true;
        } else if (next == ']' && inArray) {
            inArray = false;
        } else if (next != ',' || !inArray) {
            throw new EventInputException(place(line), "a JSON object expected, found '" + next + "'", null);
        }
    }

    private Document object() throws IOException {
        long start = line;
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        json.write('{');
        int depth = 1;
        boolean quoted = false;
        while (depth > 0) {
            int next = in.read();
            if (next < 0) {
                throw new EventInputException(place(start), "the object that begins here is not closed: the file ends too early", null);
            }
            json.write(next);
            switch (next) {
                case '\n' -> line++;
                case '"' -> quoted = !quoted;
                case '\\' -> {
                    if (quoted) {
                        json.write(Math.max(' ', in.read()));
                    }
                }
                case '{', '[' -> depth += quoted ? 0 : 1;
                case '}', ']' -> depth -= quoted ? 0 : 1;
                default -> {
                    // part of it
                }
            }
        }
        return new Document(json.toByteArray(), start);
    }

    String place(long at) {
        return name + ":" + at;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
