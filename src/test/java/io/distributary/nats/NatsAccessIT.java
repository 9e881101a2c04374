package io.distributary.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

import io.distributary.TestCertificate;
import io.distributary.coalesce.DeliveryException;
import io.distributary.sandbox.NatsProcess;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.Connection;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;

/** How a server is logged in to, and what its users may do. */
@WithSandbox(Service.NATS)
class NatsAccessIT extends JetStreamRoute {
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
    void aPublishThatIsNotPermittedIsRefusedAtOnce() throws Exception {
        Path permissions = Files.writeString(folder.resolve("nats.conf"), """
                authorization {
                  users: [{user: camel, password: right, permissions: {
                    publish: ["s.allowed", "$JS.API.STREAM.INFO.s", "$JS.API.STREAM.CREATE.s"], subscribe: "_INBOX.>"}}]
                }
                """);
        try (NatsProcess server = NatsProcess.in(folder, "--jetstream", "--store_dir", folder.toString(),
                "--config", permissions.toString()).start()) {
            start(server.url(), "kamelet:distributary-jetstream-sink?stream=s&subjectPrefix=s", "nats.user", "camel",
                    "nats.password", "right");

            send("1", "1", "allowed");
            DeliveryException refused = assertInstanceOf(DeliveryException.class,
                    assertThrows(CamelExecutionException.class, () -> send("1", "2", "denied")).getCause());

            assertTrue(refused.isPermanent());
            assertTrue(refused.getMessage().endsWith(": subject s.denied: Permissions Violation for Publish to \"s.denied\""),
                    refused.getMessage());
        }
    }

    @Test
    void aCredentialsFileIsAccepted() throws Exception {
        NatsAccount account = NatsAccount.create();
        try (NatsProcess server = NatsProcess.in(folder, "--jetstream", "--store_dir", folder.toString(),
                "--config", Files.writeString(folder.resolve("nats.conf"), account.serverConfiguration()).toString()).start()) {
            start(server.url(), "kamelet:distributary-jetstream-sink?stream=s&subjectPrefix=s", "nats.credentials-file",
                    Files.writeString(folder.resolve("user.creds"), account.credentials()).toString());

            send("1", "1", "t");

            Connection connection = context.getRegistry().lookupByNameAndType("natsConnection", Connection.class);
            assertEquals(1, connection.jetStreamManagement().getStreamInfo("s").getStreamState().getMsgCount());
        }
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
}
