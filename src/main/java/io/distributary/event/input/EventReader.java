package io.distributary.event.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

import io.distributary.event.EventReadException;

/**
 * The changes of a file or stream in its order, read as they are asked for: JSON in any form of {@link EventForm}, plain or
 * gzipped. Not thread-safe.
 */
public final class EventReader implements Iterator<InputEvent>, AutoCloseable {
    private final JsonDocuments documents;
    private final DocumentEvents events;
    private final InputVersions versions = new InputVersions();
    private final Queue<InputEvent> read = new ArrayDeque<>();

    /**
     * @param in    closed by {@link #close()}
     * @param name  of the file, for messages
     * @param notes takes, once each, what had to be assumed: one line
     * @throws EventInputException where it cannot be read
     */
    public EventReader(InputStream in, String name, InputOptions options, Consumer<String> notes) {
        Set<String> said = new HashSet<>();
        this.events = new DocumentEvents(options, note -> {
            if (said.add(note)) {
                notes.accept(name + ": " + note);
            }
        });
        try {
            this.documents = new JsonDocuments(in, name);
        } catch (IOException e) {
            throw new EventInputException(name, e.toString(), e);
        }
    }

    /** @throws EventInputException where what comes next cannot be read */
    @Override
    public boolean hasNext() {
        try {
            while (read.isEmpty()) {
                JsonDocuments.Document document = documents.next();
                if (document == null) {
                    return false;
                }
                read(document);
            }
            return true;
        } catch (IOException e) {
            throw new EventInputException(documents.place(1), e.toString(), e);
        }
    }

    @Override
    public InputEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return read.remove();
    }

    private void read(JsonDocuments.Document document) {
        try {
            for (DocumentEvents.Read one : events.read(document.json())) {
                read.add(new InputEvent(versions.with(one.event(), one.version()), documents.place(document.line()), one.target()));
            }
        } catch (EventReadException e) {
            throw new EventInputException(documents.place(document.line() + e.line() - 1), e.reason(), e);
        } catch (JsonProblem e) {
            throw new EventInputException(documents.place(document.line() + e.line() - 1), e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new EventInputException(documents.place(document.line()), e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        documents.close();
    }
}
