package io.distributary.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Each server of the sandbox can be stopped and started again, with its address and data. */
final class RestartedServersIT {
    @TempDir
    private Path work;

    @Test
    void addressAndDataOutliveARestart() throws Exception {
        try (var sandbox = Sandbox.in(work)) {
            sandbox.start();
            sandbox.createTable("orders", StreamViewType.KEYS_ONLY);
            var queue = sandbox.sqs().createQueue(create -> create.queueName("orders")).queueUrl();
            sandbox.sqs().sendMessage(send -> send.queueUrl(queue).messageBody("hello"));
            sandbox.sns().createTopic(create -> create.name("orders"));
            sandbox.s3().createBucket(create -> create.bucket("orders"));
            sandbox.s3().putObject(put -> put.bucket("orders").key("1"), RequestBody.fromString("hello"));
            sandbox.nats().jetStreamManagement().addStream(StreamConfiguration.builder().name("orders").storageType(StorageType.File).build());
            sandbox.openSearch().send("PUT", "/orders/_doc/1", "{}");

            for (var service : Service.values()) {
                restart(sandbox, service);
            }

            assertTrue(sandbox.dynamoDb().listTables().tableNames().contains("orders"));
            assertEquals("hello", sandbox.sqs().receiveMessage(receive -> receive.queueUrl(queue)).messages().get(0).body());
            assertEquals(1, sandbox.sns().listTopics().topics().size());
            assertEquals("hello", sandbox.s3().getObjectAsBytes(get -> get.bucket("orders").key("1")).asUtf8String());
            assertEquals(1, sandbox.openSearch().count("orders"));
        }
    }

    private static void restart(Sandbox sandbox, Service service) throws Exception {
        var address = sandbox.endpoint(service);
        sandbox.server(service).stop();
        assertThrows(ConnectException.class, () -> new Socket(address.getHost(), address.getPort()).close(), service::toString);
        sandbox.server(service).start();
        assertEquals(address, sandbox.endpoint(service));
        new Socket(address.getHost(), address.getPort()).close();
    }
}
