package io.distributary.ddbstream;

import java.nio.file.Path;
import java.util.Locale;

import io.distributary.config.AwsConnection;
import io.distributary.ddbstream.checkpoint.FileProgress;
import io.distributary.ddbstream.checkpoint.StoredProgress;
import io.distributary.ddbstream.checkpoint.leased.DynamoDbProgress;
import io.distributary.ddbstream.checkpoint.leased.NatsProgress;
import org.apache.camel.CamelContext;

/**
 * A checkpoint store for all applications.
 *
 * @param type its kind
 * @param name its folder, table or bucket
 */
public record CheckpointPlace(CheckpointStoreType type, String name) {
    /** How it is written. */
    public static final String FORMS = "file:FOLDER, dynamodb:TABLE or nats-kv:BUCKET";

    /** @throws IllegalArgumentException where it is none of {@link #FORMS} */
    public static CheckpointPlace parse(String uri) {
        int colon = uri.indexOf(':');
        if (colon > 0 && colon < uri.length() - 1) {
            String scheme = uri.substring(0, colon).toUpperCase(Locale.ROOT).replace('-', '_');
            for (CheckpointStoreType type : CheckpointStoreType.values()) {
                if (type.name().equals(scheme)) {
                    return new CheckpointPlace(type, uri.substring(colon + 1));
                }
            }
        }
        throw new IllegalArgumentException(uri + " names no checkpoint store: " + FORMS);
    }

    /** The one that the settings of a context name for all routes. */
    public static CheckpointPlace of(CamelContext context) {
        DdbStreamConfiguration options = options(context);
        return new CheckpointPlace(options.getCheckpointStore(), CheckpointStores.place(options));
    }

    /**
     * Looks at all that it holds; owns and changes nothing.
     *
     * @param context whose settings say where DynamoDB and NATS are; may be null for files
     * @throws io.distributary.ddbstream.checkpoint.CheckpointException where it cannot be read
     */
    public StoredProgress read(CamelContext context) {
        return switch (type) {
            case FILE -> FileProgress.read(Path.of(name));
            case DYNAMODB -> {
                StreamClients clients = StreamClients.of(AwsConnection.of(context), options(context));
                try {
                    yield DynamoDbProgress.read(clients.tables(), name);
                } finally {
                    clients.close();
                }
            }
            case NATS_KV -> NatsProgress.read(() -> CheckpointStores.nats(context, "all tables"), name);
        };
    }

    private static DdbStreamConfiguration options(CamelContext context) {
        return context.getComponent("aws2-ddbstream", DdbStreamComponent.class).getConfiguration().copy();
    }
}
