package io.distributary.nats;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.distributary.LogLines;
import io.distributary.TestCertificate;
import io.distributary.event.ChangeEventHeaders;
import io.distributary.sandbox.NatsProcess;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Subscription;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@WithSandbox(Service.NATS)
class JetStreamIT {
    private static final String LOG = NatsConnection.class.getName();

    private final DefaultCamelContext context = new DefaultCamelContext();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void aChangeArrivesOnceUnderItsTablesSubjectWithoutInternalHeaders(Stack stack) throws Exception {
        String stream = Stack.uniqueName("stream");
        start(stack.endpoint(Service.NATS).toString(), "kamelet:distributary-jetstream-sink?stream=" + stream + "&subjectPrefix=" + stream);

        send("{\"a\":1}", "event-1", "shop.orders");
        send("{\"a\":1}", "event-1", "shop.orders");
        send("{\"a\":2}", "event-2", "shop.orders");

        JetStreamManagement management = stack.nats().jetStreamManagement();
        assertEquals(2, management.getStreamInfo(stream).getStreamState().getMsgCount());
        MessageInfo message = management.getFirstMessage(stream, stream + ".shop%2Eorders");
        assertEquals("{\"a\":1}", new String(message.getData(), StandardCharsets.UTF_8));
        assertEquals(List.of("event-1"), message.getHeaders().get(JetStreamMessage.MESSAGE_ID));
        assertEquals(List.of("Nats-Msg-Id", "event_id", "table_name", "trace"), message.getHeaders().keySet().stream().sorted().toList());
    }

    @Test
    void theStreamIsCreatedAsAskedAndWhatTheServerCouldNotStoreIsToldOnce(Stack stack) throws Exception {
        String stream = Stack.uniqueName("stream");
        try (LogLines log = LogLines.of(JetStreamStream.class.getName())) {
            start(stack.endpoint(Service.NATS).toString(),
                    "kamelet:distributary-jetstream-sink?maxAge=3d&stream=" + stream + "&subjectPrefix=" + stream);
            send("1", "1", "t");
            send("2", "2", "t");

            StreamConfiguration stored = stack.nats().jetStreamManagement().getStreamInfo(stream).getConfiguration();
            assertEquals(Duration.ofDays(3), stored.getMaxAge());
            assertEquals(Duration.ofMinutes(2), stored.getDuplicateWindow());
            assertEquals(StorageType.File, stored.getStorageType());
            assertEquals(List.of(stream + ".>"), stored.getSubjects());
            boolean knowsCompression = stack.nats().getServerInfo().isSameOrNewerThanVersion("2.10.0");
            assertEquals(knowsCompression ? List.of() : List.of("WARN The NATS server stored the stream " + stream
                    + " with compression none instead of s2; an older server may not know the option"), log.lines());
        }
    }

    @Test
    void anExistingStreamIsLeftAsItIs(Stack stack) throws Exception {
        String stream = Stack.uniqueName("stream");
        JetStreamManagement management = stack.nats().jetStreamManagement();
        management.addStream(StreamConfiguration.builder().name(stream).subjects(stream + ".other")
                .storageType(StorageType.Memory).build());
        try (LogLines log = LogLines.of(JetStreamStream.class.getName())) {
            start(stack.endpoint(Service.NATS).toString(),
                    "kamelet:distributary-jetstream-sink?retryTimeout=200&stream=" + stream + "&subjectPrefix=" + stream);

            String failure = failure("1", "t");
            assertTrue(failure.startsWith("nats:" + stream + " did not accept ") && failure.endsWith(" attempts: subject " + stream
                    + ".t: no JetStream stream answers for it (503 No Responders): create one"), failure);
            failure("2", "t");

            assertEquals(StorageType.Memory, management.getStreamInfo(stream).getConfiguration().getStorageType());
            assertEquals(List.of("WARN The existing stream " + stream + " does not cover " + stream
                    + ".>: messages there fail until its subjects are changed (nats stream edit " + stream + ")"), log.lines());
        }
    }

    @Test
    void withoutJetStreamNothingIsPublishedAndItIsSaid() throws Exception {
        try (NatsProcess plain = NatsProcess.in(folder).start(); Connection listener = Nats.connect(plain.url())) {
            Subscription heard = listener.subscribe(">");
            listener.flush(Duration.ofSeconds(5));
            start(plain.url(), "nats:orders?jetstreamEnabled=true&retryTimeout=200");

            String failure = failure("1", "t");

            assertTrue(failure.contains("the NATS server at " + plain.url() + " has no JetStream"), failure);
            listener.publish("end", null);
            assertEquals("end", heard.nextMessage(Duration.ofSeconds(5)).getSubject());
        }
    }

    @Test
    void anUnreachableServerIsToldOnceAndTriedUntilItAnswers() throws Exception {
        NatsProcess server = NatsProcess.in(folder, "--jetstream", "--store_dir", folder.toString());
        try (LogLines log = LogLines.of(LOG); server) {
            start(server.url(), "kamelet:distributary-jetstream-sink?retryTimeout=200&stream=s&subjectPrefix=s");

            assertEquals("NATS is unreachable at " + server.url() + "; reconnecting", failure("1", "t"));
            assertEquals("NATS is unreachable at " + server.url() + "; reconnecting", failure("1", "t"));
            server.start();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> send("1", "1", "t"));
            server.close();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertEquals(3, log.lines().size(), log.lines()::toString));
            String failure = failure("2", "t");
            assertTrue(failure.endsWith("NATS is unreachable at " + server.url() + "; reconnecting"), failure);
            server.start();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> send("2", "2", "t"));

            assertEquals(4, log.lines().size(), log.lines()::toString);
            assertTrue(log.lines().get(0).startsWith("WARN NATS is unreachable at " + server.url()), log.lines()::toString);
            assertEquals("INFO Connected to NATS at " + server.url(), log.lines().get(1));
            assertTrue(log.lines().get(2).startsWith("WARN Lost the connection to NATS at "), log.lines()::toString);
            assertEquals("INFO Connected to NATS at " + server.url(), log.lines().get(3));
            try (Connection check = Nats.connect(server.url())) {
                assertEquals(2, check.jetStreamManagement().getStreamInfo("s").getStreamState().getMsgCount());
            }
        }
    }

    @Test
    void refusedCredentialsStopTheStartAndAreNotRepeated() {
        try (NatsProcess server = NatsProcess.in(folder, "--user", "camel", "--pass", "right").start()) {
            Exception refused = assertThrows(Exception.class, () -> start(server.url(), "nats:orders?jetstreamEnabled=true",
                    "nats.user", "camel", "nats.password", "hidden"));

            assertEquals("NATS at " + server.url() + " refused the credentials (Authorization Violation): check "
                    + "nats.credentials-file, nats.user, nats.token", root(refused).getMessage());
            assertFalse(refused.toString().contains("hidden"));
        }
    }

    @Test
    void aUserIsAuthenticatedOverMutualTls() throws Exception {
        TestCertificate server = TestCertificate.in(folder, "server");
        TestCertificate client = TestCertificate.in(folder, "client");
        try (NatsProcess nats = NatsProcess.in(folder, "--user", "camel", "--pass", "right", "--jetstream",
                "--store_dir", folder.toString(), "--tlsverify", "--tlscert", server.certificate().toString(),
                "--tlskey", server.key().toString(), "--tlscacert", client.certificate().toString()).start()) {
            start(nats.url().replace("nats:", "tls:"), "kamelet:distributary-jetstream-sink?stream=s&subjectPrefix=s",
                    "nats.user", "camel", "nats.password", "right", "nats.ca-certificate", server.certificate().toString(),
                    "nats.client-certificate", client.certificate().toString(), "nats.client-key", client.key().toString());

            send("1", "1", "t");

            Connection connection = context.getRegistry().lookupByNameAndType("natsConnection", Connection.class);
            assertEquals(1, connection.jetStreamManagement().getStreamInfo("s").getStreamState().getMsgCount());
        }
    }

    @Test
    void aTokenIsAccepted() throws Exception {
        try (NatsProcess server = NatsProcess.in(folder, "--auth", "t0ken", "--jetstream", "--store_dir", folder.toString())
                .start()) {
            start(server.url(), "kamelet:distributary-jetstream-sink?stream=s&subjectPrefix=s", "nats.token", "t0ken");

            send("1", "1", "t");
        }
    }

    @Test
    void theConnectionOutlivesItsRoutesAndEndsWithTheContext(Stack stack) throws Exception {
        String stream = Stack.uniqueName("stream");
        start(stack.endpoint(Service.NATS).toString(), "kamelet:distributary-jetstream-sink?stream=" + stream + "&subjectPrefix=" + stream);
        send("1", "1", "t");
        Connection connection = context.getRegistry().lookupByNameAndType("natsConnection", Connection.class);

        context.getRouteController().stopRoute("send");
        assertEquals(Connection.Status.CONNECTED, connection.getStatus());
        context.getRouteController().startRoute("send");
        send("2", "2", "t");
        context.stop();

        assertEquals(Connection.Status.CLOSED, connection.getStatus());
    }

    @Test
    void stockOptionsStillOpenAConnectionOfTheirOwn(Stack stack) throws Exception {
        String stream = Stack.uniqueName("stream");
        stack.nats().jetStreamManagement().addStream(StreamConfiguration.builder().name(stream).subjects(stream)
                .storageType(StorageType.Memory).build());
        String server = stack.endpoint(Service.NATS).toString().replace("nats://", "");
        start("nats://127.0.0.1:1", "nats:" + stream + "?jetstreamEnabled=true&servers=" + server);

        send("1", "1", "t");

        assertEquals(1, stack.nats().jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount());
    }

    private void start(String url, String target, String... properties) throws Exception {
        context.getPropertiesComponent().addInitialProperty("nats.url", url);
        for (int i = 0; i < properties.length; i += 2) {
            context.getPropertiesComponent().addInitialProperty(properties[i], properties[i + 1]);
        }
        context.getComponent("kamelet", KameletComponent.class).setLocation("file:kamelets");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:send").routeId("send").errorHandler(noErrorHandler()).to(target);
            }
        });
        context.start();
    }

    private void send(String body, String eventId, String table) {
        context.createProducerTemplate().sendBodyAndHeaders("direct:send", ExchangePattern.InOnly, body, Map.of(
                ChangeEventHeaders.EVENT_ID, eventId, ChangeEventHeaders.TABLE_NAME, table, "trace", "abc"));
    }

    private String failure(String eventId, String table) {
        return assertThrows(CamelExecutionException.class, () -> send("{}", eventId, table)).getCause().getMessage();
    }

    private static Throwable root(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && !(deepest instanceof IllegalArgumentException)) {
            deepest = deepest.getCause();
        }
        return deepest;
    }
}
