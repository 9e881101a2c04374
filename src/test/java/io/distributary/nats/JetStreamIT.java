package io.distributary.nats;

import static io.distributary.nats.JetStreamChanges.change;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.distributary.LogLines;
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
import org.junit.jupiter.api.Test;

@WithSandbox(Service.NATS)
class JetStreamIT extends JetStreamRoute {
    private static final String LOG = NatsConnection.class.getName();

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

            String first = failure("1", "t");
            assertTrue(first.endsWith("NATS is unreachable at " + server.url() + "; reconnecting"), first);
            assertEquals(first.substring(first.indexOf("subject")), failure("1", "t").replaceFirst(".*(?=subject)", ""));
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
    void theKameletPublishesEachRecordOfABatchUnderItsOwnKeys(Stack stack) throws Exception {
        String stream = Stack.uniqueName("stream");
        start(stack.endpoint(Service.NATS).toString(), "kamelet:distributary-jetstream-sink?stream=" + stream
                + "&subjectPrefix=" + stream + "&subject={table}.{partitionKey}.{eventName}");

        context.createProducerTemplate().sendBody("direct:send", List.of(change("a.b", 1), change("c", 1)));

        JetStreamManagement management = stack.nats().jetStreamManagement();
        MessageInfo message = management.getFirstMessage(stream, stream + ".t.a%2Eb.INSERT");
        assertEquals("a.b-1", message.getHeaders().getFirst("Nats-Msg-Id"));
        assertEquals("a.b-1", message.getHeaders().getFirst("event_id"));
        assertEquals("INSERT", message.getHeaders().getFirst("event_name"));
        assertEquals("t", message.getHeaders().getFirst("table_name"));
        assertEquals("c-1", management.getFirstMessage(stream, stream + ".t.c.INSERT").getHeaders().getFirst("Nats-Msg-Id"));
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
}
