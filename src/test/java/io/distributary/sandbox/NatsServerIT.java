package io.distributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.Nats;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NatsServerIT {
    @TempDir
    private Path work;

    @Test
    void addressAndMessagesOutliveARestart() throws Exception {
        try (var sandbox = Sandbox.in(work)) {
            var address = sandbox.endpoint(Service.NATS);
            var url = address.toString();
            try (var connection = Nats.connect(url)) {
                connection.jetStreamManagement()
                        .addStream(StreamConfiguration.builder().name("orders").subjects("orders.>")
                        .storageType(StorageType.File).build());
                connection.jetStream().publish("orders.order", new byte[] {1});
            }

            sandbox.natsServer().stop();
            assertThrows(ConnectException.class, () -> new Socket(address.getHost(), address.getPort()).close());
            sandbox.natsServer().start();

            assertEquals(address, sandbox.endpoint(Service.NATS));
            try (var connection = Nats.connect(url)) {
                assertEquals(1, connection.jetStreamManagement().getStreamInfo("orders").getStreamState()
                        .getMsgCount());
            }
        }
    }

    @Test
    void aServerThatEndsAtOnceIsReportedWithItsLog() {
        var notAServer = Path.of("/bin/ls");

        var message = assertThrows(SandboxException.class, () -> NatsServer.start(notAServer, work)).getMessage();
        assertTrue(message.startsWith("nats-server ended at once; its log: "), message);
        assertTrue(message.contains("--addr"), message);
    }
}
