package io.distributary.ddbstream;

import java.nio.file.Path;

import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import io.distributary.ddbstream.checkpoint.FileCheckpointStore;
import io.distributary.ddbstream.checkpoint.leased.DynamoDbCheckpointStore;
import io.distributary.ddbstream.checkpoint.leased.NatsCheckpointStore;
import io.nats.client.Connection;
import org.apache.camel.CamelContext;

/** Makes the checkpoint store that the options ask for. */
final class CheckpointStores {
    /** The bean of the one NATS connection of the {@code nats.*} settings. */
    private static final String NATS_CONNECTION = "natsConnection";

    private CheckpointStores() {
    }

    static CheckpointStore of(CamelContext context, DdbStreamConfiguration options, StreamClients clients, String application,
            String table) {
        return switch (options.getCheckpointStore()) {
            case FILE -> new FileCheckpointStore(Path.of(options.getCheckpointDirectory()), application, table);
            case DYNAMODB -> {
                if (clients.tables() == null) {
                    throw new CheckpointException("Table '" + table + "': checkpointStore=dynamodb needs amazonDynamoDbClient too"
                            + " where amazonDynamoDbStreamsClient is given.");
                }
                yield new DynamoDbCheckpointStore(clients.tables(), options.getCheckpointTable(), application, table);
            }
            case NATS_KV -> new NatsCheckpointStore(() -> nats(context, table), options.getCheckpointBucket(), application, table);
        };
    }

    /** The folder, table or bucket. */
    static String place(DdbStreamConfiguration options) {
        return switch (options.getCheckpointStore()) {
            case FILE -> options.getCheckpointDirectory();
            case DYNAMODB -> options.getCheckpointTable();
            case NATS_KV -> options.getCheckpointBucket();
        };
    }

    static Connection nats(CamelContext context, String table) {
        Connection connection = context.getRegistry().lookupByNameAndType(NATS_CONNECTION, Connection.class);
        if (connection == null) {
            throw new CheckpointException("Table '" + table + "': checkpointStore=nats-kv needs the bean " + NATS_CONNECTION
                    + ", an " + Connection.class.getName() + ".");
        }
        return connection;
    }
}
