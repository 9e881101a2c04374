package io.distributary.opensearch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.distributary.LogLines;
import io.distributary.TestCertificate;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OpenSearchNodesTest {
    private static final String DOCUMENT = "{\"text\":\"" + "ä".repeat(20_000) + "\"}";
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private record Received(int port, String method, String uri, Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            return headers.get(name) == null ? null : headers.get(name).get(0);
        }
    }

    @BeforeEach
    void credentials() {
        System.setProperty("aws.accessKeyId", "KEY");
        System.setProperty("aws.secretAccessKey", "SECRET");
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        context.close();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void everyNodeGetsTheRequestsAndTheCredentials() throws Exception {
        int first = node().getAddress().getPort();
        int second = node().getAddress().getPort();
        start("opensearch:c?operation=Index&indexName=i",
                "opensearch.urls", "http://localhost:" + first + "/os/, http://localhost:" + second + "/os",
                "opensearch.username", "camel", "opensearch.password", "käse");

        send();
        send();

        assertEquals(Set.of(first, second), received.stream().map(Received::port).collect(Collectors.toSet()));
        assertTrue(received.stream().allMatch(request -> request.uri().startsWith("/os/i/_doc")), received::toString);
        assertTrue(received.stream().allMatch(request -> "Basic Y2FtZWw6a8Okc2U=".equals(request.header("Authorization"))));
    }

    @Test
    void aCaCertificateIsTrustedAndOthersAreNot() throws Exception {
        TestCertificate certificate = TestCertificate.in(folder, "localhost");
        int port = tlsNode(certificate);
        start("opensearch:c?operation=Index&indexName=i", "opensearch.urls", "https://localhost:" + port,
                "opensearch.ca-certificate", certificate.certificate().toString());

        send();

        assertEquals(1, received.size());
        context.getPropertiesComponent().addOverrideProperty("opensearch.ca-certificate",
                TestCertificate.in(folder, "other").certificate().toString());
        context.getRouteController().stopRoute("send");
        context.getRouteController().startRoute("send");
        assertThrows(CamelExecutionException.class, this::send);
        assertEquals(1, received.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "aoss"})
    void requestsAreSignedAsAmazonChecksThem(String service) throws Exception {
        int port = node().getAddress().getPort();
        start("opensearch:c?operation=Index&indexName=i", "opensearch.urls", "http://localhost:" + port,
                "opensearch.aws-service", service, "aws.region", "eu-west-3");

        send();

        Received request = received.get(0);
        assertEquals(DOCUMENT, new String(request.body(), StandardCharsets.UTF_8));
        assertTrue(request.header("Authorization").contains("/eu-west-3/" + service + "/aws4_request"));
        assertEquals(signature(request, service), request.header("Authorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "aoss"})
    void bulkRequestsAreSignedToo(String service) throws Exception {
        start("opensearch:c?indexName=i&retryTimeout=0", "opensearch.urls", "http://localhost:" + node().getAddress().getPort(),
                "opensearch.aws-service", service, "aws.region", "eu-west-3");

        ItemChanges.send(context, "direct:send", ItemChanges.put("k", 1, Map.of("text", ItemChanges.s("ä".repeat(20_000))))).get();

        Received request = received.get(0);
        assertTrue(request.uri().startsWith("/_bulk"), request::uri);
        assertTrue(request.body().length > 40_000);
        assertEquals(signature(request, service), request.header("Authorization"));
    }

    @Test
    void theStartDoesNotNeedTheNodeAndItsAbsenceIsToldOnce() throws Exception {
        int port = freePort();
        try (LogLines log = LogLines.of(NodeHealth.class.getName())) {
            start("opensearch:c?operation=Index&indexName=i", "opensearch.urls", "http://localhost:" + port);

            CamelExecutionException failure = assertThrows(CamelExecutionException.class, this::send);
            assertThrows(CamelExecutionException.class, this::send);
            listen(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
            send();
            send();

            assertTrue(failure.getCause().getMessage().contains("localhost:" + port), failure.getCause()::toString);
            assertEquals(List.of("WARN OpenSearch node http://localhost:" + port
                    + " is unreachable or cannot serve; what is sent to it fails until it can",
                    "INFO OpenSearch node http://localhost:" + port + " answers again"), log.lines());
        }
    }

    @Test
    void anAbsentNodeIsToldBeforeTheFirstRecord() throws Exception {
        int port = freePort();
        try (LogLines log = LogLines.of(NodeHealth.class.getName())) {
            start("opensearch:c?operation=Index&indexName=i", "opensearch.urls", "http://localhost:" + port);

            await().until(() -> log.lines().equals(List.of("WARN OpenSearch node http://localhost:" + port
                    + " is unreachable or cannot serve; what is sent to it fails until it can")));
        }
    }

    @Test
    void aRouteWorksAfterItWasStoppedAndStarted() throws Exception {
        start("opensearch:c?operation=Index&indexName=i", "opensearch.urls", "http://localhost:" + node().getAddress().getPort());
        send();

        context.getRouteController().stopRoute("send");
        context.getRouteController().startRoute("send");
        send();

        assertEquals(2, received.size());
    }

    @Test
    void stockHostAddressesWinOverTheSettings() throws Exception {
        int port = node().getAddress().getPort();
        start("opensearch:c?operation=Index&indexName=i&hostAddresses=localhost:" + port,
                "opensearch.urls", "http://localhost:1", "opensearch.username", "camel", "opensearch.password", "x");

        send();

        assertEquals(1, received.size());
        assertNull(received.get(0).header("Authorization"));
    }

    private void start(String target, String... properties) throws Exception {
        for (int i = 0; i < properties.length; i += 2) {
            context.getPropertiesComponent().addInitialProperty(properties[i], properties[i + 1]);
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").routeId("send").errorHandler(noErrorHandler()).to(target);
            }
        });
        context.start();
    }

    private void send() {
        context.createProducerTemplate().sendBody("direct:send", DOCUMENT);
    }

    private HttpServer node() throws IOException {
        return listen(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    private int tlsNode(TestCertificate certificate) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.store())) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return listen(server).getAddress().getPort();
    }

    private HttpServer listen(HttpServer server) {
        servers.add(server);
        server.createContext("/", this::accept);
        server.start();
        return server;
    }

    private void accept(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) { // the question at the start: is somebody there
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        received.add(new Received(exchange.getLocalAddress().getPort(), exchange.getRequestMethod(),
                exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()),
                exchange.getRequestBody().readAllBytes()));
        byte[] answer = """
                {"_index":"i","_id":"1","_version":1,"result":"created","_shards":{"total":1,"successful":1,"failed":0},
                "_seq_no":0,"_primary_term":1}""".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(201, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** What a server computes: the SDK's signer over what arrived, at the time that the request claims. */
    private static String signature(Received request, String service) throws Exception {
        // Serverless collections refuse a request without it
        assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(request.body())),
                request.header("X-amz-content-sha256"));
        Instant claimed = Instant.from(AMZ_DATE.parse(request.header("X-amz-date")));
        SdkHttpRequest.Builder arrived = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .uri(URI.create("http://" + request.header("Host") + request.uri()));
        String signed = request.header("Authorization").replaceFirst(".*SignedHeaders=([^,]*),.*", "$1");
        for (String name : signed.split(";")) {
            if (!List.of("host", "x-amz-date").contains(name)) {
                arrived.putHeader(name, request.header(Character.toUpperCase(name.charAt(0)) + name.substring(1)));
            }
        }
        return AwsV4HttpSigner.create().sign(sign -> sign
                .identity(AwsBasicCredentials.create("KEY", "SECRET"))
                .request(arrived.build())
                .payload(() -> new ByteArrayInputStream(request.body()))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-3")
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(claimed, ZoneOffset.UTC)))
                .request().firstMatchingHeader("Authorization").orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
