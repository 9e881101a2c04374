package io.distributary.ddbstream;

import java.time.Instant;
import java.util.List;

import io.distributary.ddbstream.shard.EngineSnapshot;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/**
 * One moment's look at a source's reading of one table, for people.
 *
 * @param routeId         the route that starts from it
 * @param table           the table's name
 * @param application     the name that its checkpoints are kept under
 * @param store           the kind of checkpoint store
 * @param place           the store's folder, table or bucket
 * @param checkpointed    when the store last had everything that was acknowledged; null before
 * @param maxInFlight     for each shard
 * @param deadLetters     whether it gives records up to a dead letter endpoint of its own
 * @param inFlight        exchanges in flight
 * @param engine          the reading
 */
public record SourceSnapshot(String routeId, String table, String application, CheckpointStoreType store, String place,
        Instant checkpointed, int maxInFlight, boolean deadLetters, int inFlight, EngineSnapshot engine) {

    /** Of all started sources of a context, in the order of their routes. Costs nothing while nobody asks. */
    public static List<SourceSnapshot> of(CamelContext context) {
        return context.getRoutes().stream().map(Route::getConsumer).filter(DdbStreamConsumer.class::isInstance)
                .map(DdbStreamConsumer.class::cast).flatMap(consumer -> consumer.snapshots().stream()).toList();
    }
}
