package io.distributary.ddbstream;

import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.FileCheckpointStore;
import io.distributary.ddbstream.checkpoint.leased.DynamoDbCheckpointStore;
import io.distributary.ddbstream.checkpoint.leased.NatsCheckpointStore;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CheckpointStoresTest {
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() throws Exception {
        camel.close();
    }

    @Test
    void filesAreTheDefault() {
        assertInstanceOf(FileCheckpointStore.class, store("aws2-ddbstream:orders", null));
    }

    @Test
    void theEndpointChoosesTheStoreByItsNameInTheDocumentation() {
        assertInstanceOf(NatsCheckpointStore.class, store("aws2-ddbstream:orders?checkpointStore=nats-kv", null));
        assertInstanceOf(DynamoDbCheckpointStore.class, store("aws2-ddbstream:orders?checkpointStore=dynamodb", new DynamoDbClient() {
            @Override
            public String serviceName() {
                return "dynamodb";
            }

            @Override
            public void close() {
                // nothing is open
            }
        }));
    }

    @Test
    void theComponentChoosesForAllItsEndpoints() {
        DdbStreamComponent component = camel.getComponent("aws2-ddbstream", DdbStreamComponent.class);
        component.getComponentPropertyConfigurer().configure(camel, component, "checkpointStore", "nats-kv", true);
        component.getComponentPropertyConfigurer().configure(camel, component, "checkpointBucket", "mine", true);
        DdbStreamConfiguration options = camel.getEndpoint("aws2-ddbstream:orders", DdbStreamEndpoint.class).getConfiguration();
        assertEquals(CheckpointStoreType.NATS_KV, options.getCheckpointStore());
        assertEquals("mine", options.getCheckpointBucket());
        assertEquals("distributary-checkpoints", options.getCheckpointTable());
    }

    @Test
    void aStreamsClientAloneCannotReachTheCheckpointTable() {
        CheckpointException problem = assertThrows(CheckpointException.class,
                () -> store("aws2-ddbstream:orders?checkpointStore=dynamodb", null));
        assertTrue(problem.getMessage().contains("needs amazonDynamoDbClient too"), problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"checkpointStore=redis,redis", "checkpointTable=a/b,checkpointTable is 'a/b'", "checkpointTable=ab,checkpointTable is 'ab'",
            "checkpointBucket=a.b,checkpointBucket is 'a.b'"})
    void aNameThatCannotBeIsRefused(String option, String words) {
        Throwable problem = assertThrows(ResolveEndpointFailedException.class, () -> camel.getEndpoint("aws2-ddbstream:orders?" + option));
        assertTrue(problem.toString().contains(words), problem.toString());
    }

    private Object store(String uri, DynamoDbClient tables) {
        DdbStreamConfiguration options = camel.getEndpoint(uri, DdbStreamEndpoint.class).getConfiguration();
        return CheckpointStores.of(camel, options, new StreamClients(null, tables, false, false), "application", "orders");
    }
}
