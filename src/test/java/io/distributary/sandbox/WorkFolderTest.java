package io.distributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkFolderTest {
    @TempDir
    private Path parent;

    @Test
    void closingDeletesItWithAllInIt() throws IOException {
        var work = WorkFolder.in(parent);
        Files.writeString(work.folder("nats").resolve("log"), "x");

        work.close();

        assertEquals(0, parent.toFile().list().length);
        assertTrue(Files.exists(parent));
    }

    @Test
    void whatAKilledProcessLeftIsDeletedAndNothingElse() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var process = new ProcessBuilder(java.toString(), "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        var stale = Files.createDirectories(parent.resolve(process.pid() + "-1/jetstream")).getParent();
        var alive = Files.createDirectories(parent.resolve(ProcessHandle.current().pid() + "-1"));
        var foreign = Files.createDirectories(parent.resolve("orders-1"));

        try (var work = WorkFolder.in(parent)) {
            assertFalse(Files.exists(stale));
            assertTrue(Files.exists(alive));
            assertTrue(Files.exists(foreign));
        }
    }

    @Test
    void aParentThatCannotBeUsedIsNamed() throws IOException {
        var file = Files.writeString(parent.resolve("file"), "x");

        var message = assertThrows(SandboxException.class, () -> WorkFolder.in(file)).getMessage();
        assertTrue(message.startsWith("Cannot use the work folder " + file), message);
    }
}
