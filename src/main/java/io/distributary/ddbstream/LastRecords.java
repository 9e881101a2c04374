package io.distributary.ddbstream;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.distributary.config.AwsConnection;
import io.distributary.ddbstream.shard.NewestRecords;
import io.distributary.ddbstream.shard.TableStream;
import io.distributary.event.ChangeEvent;
import org.apache.camel.CamelContext;

/** Reads the newest records of a table's stream, and touches no checkpoint. */
public final class LastRecords {
    private LastRecords() {
    }

    /**
     * In the order of their sequence numbers, which is that of each item's changes; fewer where the stream has no more.
     *
     * @param context whose source component says where DynamoDB is
     * @param table   its name, or the ARN of its stream
     * @throws io.distributary.ddbstream.shard.StreamUnavailableException where trying again will not help
     */
    public static List<ChangeEvent> read(CamelContext context, String table, int count) {
        DdbStreamConfiguration options = context.getComponent("aws2-ddbstream", DdbStreamComponent.class).getConfiguration().copy();
        options.setTableName(table);
        StreamClients clients = StreamClients.of(AwsConnection.of(context), options);
        try {
            TableStream stream = TableRef.parse(table).get(0).finder(clients, () -> { }).find();
            return new NewestRecords(clients, stream, count, System::nanoTime, pause -> LockSupport.parkNanos(pause.toNanos())).read();
        } finally {
            clients.close();
        }
    }
}
