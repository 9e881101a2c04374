package io.distributary.deadletter.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import io.distributary.deadletter.Letters;
import io.distributary.routes.Changes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileDeadLettersTest {
    @TempDir
    private Path folder;

    private final List<RefusedEntry> refused = new ArrayList<>();
    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("dead-letters.jsonl");
    }

    @Test
    void whatIsRemovedIsNotReadAgainAndTheFileStaysAsItIs() throws IOException {
        append(letter("A"), letter("B"), letter("C"));
        byte[] before = Files.readAllBytes(file);
        try (DeadLetterStore store = open()) {
            assertEquals(List.of("A", "B", "C"), keys(store).stream().map(letter -> letter.letter().itemKey().substring(0, 1)).toList());
        }
        try (DeadLetterStore store = open()) {
            List<StoredDeadLetter> all = keys(store);
            assertEquals(3, all.size(), "nothing was removed");
            store.remove(all.get(1));
            store.remove(all.get(1));
        }
        append(letter("D"));
        try (DeadLetterStore store = open()) {
            assertEquals(List.of("file " + file + " line 1", "file " + file + " line 3", "file " + file + " line 4"),
                    keys(store).stream().map(StoredDeadLetter::place).toList());
        }
        assertEquals(new String(before), new String(Files.readAllBytes(file)).substring(0, before.length));
    }

    @Test
    void aFileThatTookThePlaceOfAnotherBeginsAnew() throws IOException {
        append(letter("A"));
        try (DeadLetterStore store = open()) {
            store.remove(store.next());
        }
        Files.move(file, folder.resolve("old.jsonl"));
        append(letter("B"));
        try (DeadLetterStore store = open()) {
            assertTrue(store.hasNext());
        }
    }

    @Test
    void whatIsAppendedMeanwhileAndALineThatIsBeingWrittenAreForTheNextReader() throws IOException {
        append(letter("A"));
        try (DeadLetterStore store = open()) {
            append(letter("B"));
            assertEquals(1, keys(store).size());
        }
        Files.writeString(file, letter("C").substring(0, 20), StandardOpenOption.APPEND);
        try (DeadLetterStore store = open()) {
            assertEquals(2, keys(store).size());
        }
        assertEquals(List.of(), refused);
    }

    @Test
    void whatIsNoDeadLetterIsToldWithItsPlace() throws IOException {
        append("{\"cut off", "{\"a\":1}", "[]", "", letter("A").replace("\"format_version\":1", "\"format_version\":9"), letter("A"));
        try (DeadLetterStore store = open()) {
            assertEquals(1, keys(store).size());
        }
        assertEquals(List.of("file " + file + " line 1", "file " + file + " line 2", "file " + file + " line 3", "file " + file + " line 5"),
                refused.stream().map(RefusedEntry::place).toList());
        assertTrue(refused.get(0).reason().startsWith("not a dead letter: not correct JSON"), refused::toString);
        assertEquals("a dead letter of format_version 9, and this version reads 1", refused.get(3).reason());
    }

    @Test
    void aNoteThatACrashCutOffDoesNotCount() throws IOException {
        append(letter("A"), letter("B"));
        String id;
        try (DeadLetterStore store = open()) {
            StoredDeadLetter first = store.next();
            id = first.id();
            store.remove(first);
        }
        Path done = folder.resolve("dead-letters.jsonl.done");
        assertEquals(id + "\n", Files.readString(done));
        Files.writeString(done, id.substring(0, id.length() - 3));
        try (DeadLetterStore store = open()) {
            assertEquals(2, keys(store).size());
        }
    }

    @Test
    void oneReaderAtATime() throws IOException {
        append(letter("A"));
        try (DeadLetterStore store = open()) {
            assertTrue(store.hasNext());
            var refusal = assertThrows(IllegalArgumentException.class, this::open);
            assertTrue(refusal.getMessage().contains("is being worked on by another process"), refusal::getMessage);
        }
        open().close();
    }

    @Test
    void aMissingFileIsToldAndNotMade() {
        assertEquals("There is no file " + file, assertThrows(IllegalArgumentException.class, this::open).getMessage());
        assertFalse(Files.exists(folder.resolve("dead-letters.jsonl.done")));
    }

    private DeadLetterStore open() {
        return DeadLetterStores.open(null, "file:" + file, refused::add);
    }

    private void append(String... lines) throws IOException {
        Files.write(file, List.of(lines), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String letter(String partitionKey) {
        return Letters.of(Changes.of("INSERT", partitionKey), "kamelet:distributary-sqs-sink?queue=orders");
    }

    private static List<StoredDeadLetter> keys(DeadLetterStore store) {
        List<StoredDeadLetter> letters = new ArrayList<>();
        store.forEachRemaining(letters::add);
        return letters;
    }
}
