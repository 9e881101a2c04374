package io.distributary.routes.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.distributary.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a file is saved, it is taken up, and what is there in between is neither taken nor reported. */
class WaysOfSavingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROUTE = """
            - route:
                id: greeter
                from:
                  uri: direct:in
                  steps:
                    - setBody: {constant: %s}
            """;

    /** A slow machine must not make the pause of a writer look like its end. */
    private static final Settling PATIENT = new Settling(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofSeconds(8));

    @TempDir
    Path folder;

    private EditedRoutes edited;
    private Path file;

    @AfterEach
    void stop() {
        if (edited != null) {
            edited.stop();
        }
    }

    @Test
    void writtenInPieces() throws Exception {
        start(PATIENT);
        try (LogLines log = LogLines.of("io.distributary")) {
            String next = ROUTE.formatted("two");
            Files.writeString(file, next.substring(0, 40));
            awaitSeen();
            Files.writeString(file, next.substring(40), StandardOpenOption.APPEND);
            awaitAnswer("two");
            assertQuiet(log);
        }
    }

    @Test
    void emptiedFirst() throws Exception {
        start(PATIENT);
        try (LogLines log = LogLines.of("io.distributary")) {
            Files.writeString(file, "");
            awaitSeen();
            Files.writeString(file, ROUTE.formatted("two"));
            awaitAnswer("two");
            assertQuiet(log);
        }
    }

    @Test
    void anotherFileRenamed() throws Exception {
        start(Settling.DEFAULT);
        rename(Files.writeString(folder.resolve("4913"), ROUTE.formatted("two")), file);
        awaitAnswer("two");
    }

    @Test
    void theOldFileRenamedAndANewOneWritten() throws Exception {
        start(PATIENT);
        try (LogLines log = LogLines.of("io.distributary")) {
            rename(file, file.resolveSibling("greeter.camel.yaml~"));
            awaitSeen();
            assertEquals("one", answer(), "not taken for deleted yet");
            Files.writeString(file, ROUTE.formatted("two"));
            awaitAnswer("two");
            assertQuiet(log);
            assertTrue(log.lines().stream().noneMatch(line -> line.contains("removed")), log.lines()::toString);
        }
    }

    @Test
    void theSymlinksOfAMountedConfigMapSwapped() throws Exception {
        edited = new EditedRoutes(folder, Settling.DEFAULT, Map.of());
        Path first = Files.createDirectory(edited.routes.resolve("..2026_01"));
        Files.writeString(first.resolve("greeter.camel.yaml"), ROUTE.formatted("one"));
        Path data = Files.createSymbolicLink(edited.routes.resolve("..data"), Path.of("..2026_01"));
        file = Files.createSymbolicLink(edited.route("greeter"), Path.of("..data", "greeter.camel.yaml"));
        edited.start();
        assertEquals("one", answer());

        Path second = Files.createDirectory(edited.routes.resolve("..2026_02"));
        Files.writeString(second.resolve("greeter.camel.yaml"), ROUTE.formatted("two"));
        rename(Files.createSymbolicLink(edited.routes.resolve("..data_tmp"), Path.of("..2026_02")), data);
        Files.delete(first.resolve("greeter.camel.yaml"));
        Files.delete(first);
        awaitAnswer("two");
    }

    @Test
    void deletedAndRenamed() throws Exception {
        start(Settling.DEFAULT);
        rename(file, edited.route("renamed"));
        await().atMost(PATIENCE).until(() -> edited.context().getRoute("greeter") != null
                && edited.context().getRoute("greeter").getSourceLocationShort().startsWith("renamed.camel.yaml"));
        assertEquals("one", answer());
        Files.delete(edited.route("renamed"));
        await().atMost(PATIENCE).until(() -> edited.context().getRoute("greeter") == null);
    }

    @Test
    void theFolderGoneForAWhile() throws Exception {
        start(Settling.DEFAULT);
        Path away = folder.resolve("away");
        rename(edited.routes, away);
        await().atMost(PATIENCE).until(() -> edited.live().problem(edited.routes).isPresent());
        assertEquals("one", answer());
        rename(away, edited.routes);
        await().atMost(PATIENCE).until(() -> edited.live().problems().isEmpty());
    }

    @Test
    void halfAFileForGoodIsRefusedOnce() throws Exception {
        start(Settling.DEFAULT);
        try (LogLines log = LogLines.of("io.distributary")) {
            Files.writeString(file, ROUTE.formatted("two").replace("setBody: {", "setBody: "));
            await().atMost(PATIENCE).until(() -> edited.problem("greeter").isPresent());
            Files.setLastModifiedTime(file, FileTime.fromMillis(0)); // saved again as it was
            awaitSeen();
            assertEquals("one", answer());
            assertEquals(1, log.lines().stream().filter(line -> line.startsWith("ERROR")).count(), log.lines()::toString);
        }
    }

    @Test
    void aChangeIsJudgedWithinTwoSeconds() {
        Settling settling = Settling.DEFAULT;
        Duration longest = settling.look().multipliedBy(2).plus(settling.longQuiet());
        assertTrue(longest.compareTo(Duration.ofMillis(1500)) < 0, "half a second is left for the routes themselves");
        record Case(long unchanged, boolean suspicious, boolean settled) {
        }
        Stream.of(new Case(399, false, false), new Case(400, false, true), new Case(400, true, false), new Case(999, true, false),
                new Case(1000, true, true)).forEach(example -> assertEquals(example.settled(),
                        settling.settled(Duration.ofMillis(example.unchanged()), example.suspicious()), example.toString()));
    }

    private void start(Settling settling) throws Exception {
        edited = new EditedRoutes(folder, settling, Map.of());
        file = Files.writeString(edited.route("greeter"), ROUTE.formatted("one"));
        edited.start();
        assertEquals("one", answer());
    }

    /** Long enough that it was looked at. */
    private static void awaitSeen() {
        await().pollDelay(Settling.DEFAULT.look().multipliedBy(2)).atMost(PATIENCE).until(() -> true);
    }

    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void assertQuiet(LogLines log) {
        assertEquals(List.of(), log.lines().stream().filter(line -> !line.startsWith("INFO")).toList());
    }

    private void awaitAnswer(String expected) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> answer().equals(expected));
    }

    private String answer() throws IOException {
        try (var template = edited.context().createProducerTemplate()) {
            return template.requestBody("direct:in", "", String.class);
        }
    }
}
