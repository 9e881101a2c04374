package io.distributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its programs are shell scripts")
final class NatsServerBinaryTest {
    private static final String GOOD = "echo 'nats-server: v2.10.22'";

    private final Map<String, String> environment = new HashMap<>();
    @TempDir
    private Path folder;

    @BeforeEach
    void pointEverythingIntoTheFolder() {
        environment.put("PATH", folder.resolve("path").toString());
    }

    @Test
    void theEnvironmentVariableComesFirst() throws IOException {
        var named = program("named/my-nats", GOOD);
        program("path/nats-server", GOOD);
        environment.put("NATS_SERVER", named.toString());

        assertEquals(named, locate("Linux"));
    }

    @Test
    void thePathComesBeforeTheCache() throws IOException {
        var onPath = program("path/nats-server", GOOD);
        program(".cache/distributary/nats-server", GOOD);

        assertEquals(onPath, locate("Linux"));
    }

    @Test
    void theCacheIsInTheHomeFolderUnlessTheEnvironmentMovesIt() throws IOException {
        var inHome = program(".cache/distributary/nats-server", GOOD);
        assertEquals(inHome, locate("Linux"));

        var moved = program("elsewhere/nats-server", GOOD);
        environment.put("DISTRIBUTARY_CACHE", folder.resolve("elsewhere").toString());
        assertEquals(moved, locate("Linux"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            echo 'nats-server: v2.8.4'    | is not a nats-server 2.9 or newer (--version says "nats-server: v2.8.4")
            echo 'hello'                  | is not a nats-server 2.9 or newer (--version says "hello")
            exit 1                        | is not a nats-server 2.9 or newer (--version says "no output")
            """)
    void aProgramThatIsNoUsableNatsServerIsRefusedWithWhatItSaid(String script, String reason) throws IOException {
        environment.put("NATS_SERVER", program("named/nats-server", script).toString());

        var message = assertThrows(SandboxException.class, () -> locate("Linux")).getMessage();
        assertTrue(message.contains(reason), message);
        assertTrue(message.startsWith("NATS_SERVER="), message);
    }

    @Test
    void anEnvironmentVariableThatNamesNothingIsRefused() {
        environment.put("NATS_SERVER", folder.resolve("missing").toString());

        var message = assertThrows(SandboxException.class, () -> locate("Linux")).getMessage();
        assertTrue(message.contains("is not an executable file: install nats-server"), message);
    }

    @Test
    void onMacOsTheMessageNamesHomebrew() {
        var message = assertThrows(SandboxException.class, () -> locate("Mac OS X")).getMessage();
        assertTrue(message.contains("brew install nats-server"), message);
    }

    @Test
    void onWindowsAnExeIsTakenFromThePathAndNothingIsFetched() throws IOException {
        packageManager("echo package > nats-server_2.10.22_amd64.deb");
        var message = assertThrows(SandboxException.class, () -> locate("Windows 11")).getMessage();
        assertTrue(message.startsWith("No nats-server.exe found"), message);

        assertEquals(program("path/nats-server.exe", GOOD), locate("Windows 11"));
    }

    @Test
    void withoutAptGetTheMessageSaysWhatToDo() {
        var message = assertThrows(SandboxException.class, () -> locate("Linux")).getMessage();
        assertTrue(message.startsWith("No nats-server found, and no apt-get to fetch it with: install nats-server"),
                message);
    }

    @Test
    void itIsFetchedIntoTheCacheWithoutInstalling() throws IOException {
        packageManager("""
                [ "$2" = download ] || exit 1
                echo package > nats-server_2.10.22_amd64.deb
                """);

        var fetched = locate("Linux");

        assertEquals(folder.resolve(".cache/distributary/nats-server"), fetched);
        assertOnlyTheBinaryIsCached();
    }

    @Test
    void manyThatFetchAtTheSameTimeAllGetAWholeOne() throws Exception {
        packageManager("echo package > nats-server_2.10.22_amd64.deb");
        var threads = Executors.newFixedThreadPool(4);
        try {
            var fetched = threads.invokeAll(Collections.nCopies(4, () -> locate("Linux")));
            for (var one : fetched) {
                assertEquals(folder.resolve(".cache/distributary/nats-server"), one.get());
            }
        } finally {
            threads.shutdown();
        }
        assertOnlyTheBinaryIsCached();
    }

    @Test
    void emptyPackageListsAreUpdatedOnce() throws IOException {
        packageManager("""
                case "$2" in
                update) touch "%1$s/lists" ;;
                download) [ -e "%1$s/lists" ] && echo package > nats-server_2.10.22_amd64.deb ;;
                esac
                """.formatted(folder));

        assertEquals(folder.resolve(".cache/distributary/nats-server"), locate("Linux"));
    }

    @Test
    void aFailedDownloadTellsWhatAptGetSaid() throws IOException {
        packageManager("echo \"E: no network for $2\"; exit 100");

        var message = assertThrows(SandboxException.class, () -> locate("Linux")).getMessage();

        assertTrue(message.contains("`apt-get download nats-server` failed (E: no network for download;"
                + " `apt-get update`: E: no network for update): install nats-server"), message);
        try (var cache = Files.list(folder.resolve(".cache/distributary"))) {
            assertEquals(0, cache.count());
        }
    }

    /** Stand-ins for apt-get (this script) and for dpkg, which unpacks a good nats-server. */
    private void packageManager(String aptGet) throws IOException {
        program("path/apt-get", aptGet);
        program("path/dpkg", """
                [ "$1" = -x ] && grep -q package "$2" || exit 1
                mkdir -p "$3/usr/sbin"
                printf '#!/bin/sh\\necho "nats-server: v2.10.22"\\n' > "$3/usr/sbin/nats-server"
                chmod +x "$3/usr/sbin/nats-server"
                """);
    }

    private void assertOnlyTheBinaryIsCached() throws IOException {
        try (var cache = Files.list(folder.resolve(".cache/distributary"))) {
            assertEquals(List.of("nats-server"), cache.map(file -> file.getFileName().toString()).toList());
        }
    }

    private Path locate(String os) {
        return new ProgramFinder(NatsServerBinary.WANTED, environment, os, folder).locate();
    }

    private Path program(String name, String script) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
