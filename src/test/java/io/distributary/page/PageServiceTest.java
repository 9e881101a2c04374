package io.distributary.page;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who is answered and with which headers, byte by byte: a client library would not send all of this. */
class PageServiceTest {
    private static final Path FILES = Path.of("src/main/resources/io/distributary/page");
    private static final String DATA = "/observe/status";
    private static PageServer page;

    @BeforeAll
    static void serve() throws Exception {
        page = PageServer.start(Map.of());
    }

    @AfterAll
    static void stop() {
        page.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/page.js", "/page/page.css", "/page/icon.svg", DATA})
    void thisMachineIsAnsweredWithHeadersThatKeepABrowserStrict(String path) throws Exception {
        String answer = get(path, "Host: localhost");

        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        for (String header : new String[] {"content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
                + "trusted-types 'none'", "x-content-type-options: nosniff", "x-frame-options: DENY", "referrer-policy: no-referrer",
            "cross-origin-resource-policy: same-origin", "cross-origin-opener-policy: same-origin", "cache-control: no-store"}) {
            assertTrue(answer.contains("\r\n" + header + "\r\n") || answer.toLowerCase().contains("\r\n" + header.toLowerCase() + "\r\n"),
                    () -> header + " is not in " + answer);
        }
        assertFalse(answer.toLowerCase().contains("access-control-allow"), answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /              | Host: evil.example.com
            /observe/status| Host: evil.example.com
            /page/page.js  | Host: evil.example.com
            /observe/status| Host: localhost.example.com
            /observe/status| Host: localhost, X-Forwarded-For: 127.0.0.1
            /observe/status| Host: localhost, Forwarded: for=127.0.0.1
            /observe/status| Host: localhost, X-Real-IP: ::1
            /observe/status| Host: localhost, Via: 1.1 proxy
            /observe//status| Host: evil.example.com
            /observe/./status| Host: evil.example.com
            /observe/x/../status| Host: evil.example.com
            /observe/%73tatus| Host: evil.example.com
            /observe/status/| Host: evil.example.com
            /observe/status?x=1| Host: evil.example.com
            http://localhost/observe/status| Host: evil.example.com
            """)
    void anotherNameOrAProxyIsRefusedAndSeesNothing(String path, String headers) throws Exception {
        String answer = get(path, headers.split(", "));

        assertTrue(answer.startsWith("HTTP/1.1 403 ") && answer.contains("distributary.page."), answer);
        assertFalse(answer.contains("orders"), answer);
    }

    @Test
    void twoHostsAreRefused() throws Exception {
        String answer = get(DATA, "Host: localhost", "Host: evil.example.com");

        assertTrue(answer.startsWith("HTTP/1.1 4") && !answer.contains("orders"), answer);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs all of 127.0.0.0/8, as a stranger's address on this machine")
    void anotherAddressIsRefusedWhateverItClaims() throws Exception {
        for (String path : new String[] {"/", "/page/page.js", DATA}) {
            for (String header : new String[] {"X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1", "X-Nothing: 1"}) {
                String answer = send(page.port(), "127.0.0.2", "GET " + path + " HTTP/1.1", "Host: localhost", header);

                assertTrue(answer.startsWith("HTTP/1.1 403 ") && answer.contains("This page is for 127.0.0.2 only when "
                        + "distributary.page.allow names that address or its network"), answer);
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs all of 127.0.0.0/8, as a stranger's address on this machine")
    void anAddressThatTheSettingsNameIsAnsweredAndSoIsAName() throws Exception {
        try (PageServer open = PageServer.start(Map.of("distributary.page.allow", "127.0.0.2/31", "distributary.page.hosts", "status.example.com"))) {
            assertTrue(send(open.port(), "127.0.0.2", "GET / HTTP/1.1", "Host: status.example.com").startsWith("HTTP/1.1 200 "));
            assertTrue(send(open.port(), "127.0.0.2", "GET / HTTP/1.1", "Host: localhost", "Via: 1.1 proxy").startsWith("HTTP/1.1 200 "));
            assertTrue(send(open.port(), "127.0.0.4", "GET / HTTP/1.1", "Host: localhost").startsWith("HTTP/1.1 403 "));
            assertTrue(send(open.port(), "127.0.0.2", "GET / HTTP/1.1", "Host: other.example.com").startsWith("HTTP/1.1 403 "));
        }
    }

    @Test
    void switchedOffThereIsNeitherThePageNorItsData() throws Exception {
        try (PageServer off = PageServer.start(Map.of("distributary.page.enabled", "false"))) {
            for (String path : new String[] {"/", "/page/page.js", "/page/redrive", DATA, DATA + "/"}) {
                String answer = send(off.port(), "127.0.0.1", "GET " + path + " HTTP/1.1", "Host: localhost");

                assertTrue(answer.startsWith("HTTP/1.1 404 ") && !answer.contains("orders"), answer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void itIsReadOnly(String method) throws Exception {
        for (String path : new String[] {"/", "/page/page.js", DATA}) {
            String answer = send(page.port(), "127.0.0.1", method + " " + path + " HTTP/1.1", "Host: localhost", "Content-Length: 0");

            assertTrue(answer.startsWith("HTTP/1.1 405 ") && answer.toLowerCase().contains("\r\nallow: get, head\r\n"), answer);
        }
    }

    @Test
    void withoutATokenNothingIsSentAgain() throws Exception {
        assertTrue(get("/page/redrive", "Host: localhost").endsWith("{\"enabled\":false,\"running\":false,\"failure\":null,\"store\":null,"
                + "\"outcomes\":null}"));
        assertTrue(redrive(page, "Host: localhost", "X-Distributary-Token: ").startsWith("HTTP/1.1 404 "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | Host: localhost
            403 | Host: localhost, X-Distributary-Token: 0123456789abcdeg
            403 | Host: localhost, X-Distributary-Token: 0123456789abcdef0
            403 | Host: localhost, X-Distributary-Token: 0123456789abcdef, Origin: http://evil.example.com
            403 | Host: localhost, X-Distributary-Token: 0123456789abcdef, Origin: null
            403 | Host: localhost, X-Distributary-Token: 0123456789abcdef, Origin: http://localhost:81
            403 | Host: evil.example.com, X-Distributary-Token: 0123456789abcdef, Origin: http://evil.example.com
            403 | Host: localhost, X-Distributary-Token: 0123456789abcdef, X-Forwarded-For: 127.0.0.1
            409 | Host: localhost, X-Distributary-Token: 0123456789abcdef
            409 | Host: localhost:80, X-Distributary-Token: 0123456789abcdef, Origin: http://localhost:80
            """)
    void onlyThePageWithTheTokenBeginsARedrive(int status, String headers) throws Exception {
        try (PageServer on = PageServer.start(Map.of("distributary.page.redrive-token", "0123456789abcdef",
                "distributary.page.redrive-store", "nowhere:letters"))) {
            String answer = redrive(on, headers.split(", "));

            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertEquals(status == 409, answer.contains("nowhere:letters names no dead letters"), answer);
            assertFalse(answer.contains("0123456789abcdef"), answer);
        }
    }

    private static String redrive(PageServer server, String... headers) throws IOException {
        String[] all = Stream.concat(Stream.of(headers), Stream.of("Content-Length: 0")).toArray(String[]::new);
        return send(server.port(), "127.0.0.1", "POST /page/redrive HTTP/1.1", all);
    }

    @Test
    void aHeadHasTheHeadersAndNoBody() throws Exception {
        String answer = send(page.port(), "127.0.0.1", "HEAD / HTTP/1.1", "Host: localhost");

        assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void everyFileIsServedAndNoOtherIs() throws Exception {
        Set<String> served = new TreeSet<>(PageService.FILES);
        served.add("index.html");
        try (Stream<Path> files = Files.list(FILES)) {
            assertEquals(files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)), served);
        }
        for (String path : new String[] {"/page/", "/page/index.html", "/page/PageService.class", "/page/../page/x", "/page/%2e%2e/x"}) {
            assertTrue(get(path, "Host: localhost").startsWith("HTTP/1.1 404 "), path);
        }
    }

    /** Also held by the browser (require-trusted-types-for); this says where. */
    @Test
    void noFileMakesMarkupOfTextOrAsksAnotherOrigin() throws Exception {
        Pattern unsafe = Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|setHTML|DOMParser"
                + "|\\bon\\w+=\"|style=\"|<style|javascript:|(?<!xmlns=\"|SVG = \")https?://");
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                assertFalse(unsafe.matcher(Files.readString(file)).find(), file::toString);
            }
        }
    }

    private static String get(String path, String... headers) throws IOException {
        return send(page.port(), "127.0.0.1", "GET " + path + " HTTP/1.1", headers);
    }

    /** All of the answer, to a request from this address. */
    private static String send(int port, String from, String request, String... headers) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(60_000);
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            String text = request + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
