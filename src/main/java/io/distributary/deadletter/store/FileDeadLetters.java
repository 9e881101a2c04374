package io.distributary.deadletter.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The lines of a file that others append to meanwhile, up to the end that it has when it is opened. What is removed is noted in
 * {@link DoneLines a file beside it}; the file itself is never written.
 */
final class FileDeadLetters implements DeadLetterStore {
    private final Path file;
    private final LetterReader letters;
    private final LineReader lines;
    private final DoneLines done;
    private StoredDeadLetter next;

    private FileDeadLetters(Path file, LineReader lines, DoneLines done, LetterReader letters) {
        this.file = file;
        this.lines = lines;
        this.done = done;
        this.letters = letters;
    }

    static FileDeadLetters open(Path file, LetterReader letters) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file);
        }
        DoneLines done = DoneLines.of(file);
        try {
            return new FileDeadLetters(file, new LineReader(FileChannel.open(file)), done, letters);
        } catch (IOException e) {
            done.close();
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return "file " + file;
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            Optional<LineReader.Line> line = lines.next();
            if (line.isEmpty()) {
                return false;
            }
            next = read(line.get());
        }
        return true;
    }

    private StoredDeadLetter read(LineReader.Line line) {
        String text = new String(line.bytes(), StandardCharsets.UTF_8);
        String id = DoneLines.id(line);
        if (text.isBlank() || done.contains(id)) {
            return null;
        }
        return letters.read(text, name() + " line " + line.number(), id);
    }

    @Override
    public long withOthers() {
        return 0;
    }

    @Override
    public StoredDeadLetter next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        StoredDeadLetter result = next;
        next = null;
        return result;
    }

    @Override
    public void remove(StoredDeadLetter letter) {
        done.add(letter.id());
    }

    @Override
    public void close() {
        try (lines; done) {
            next = null;
        }
    }
}
