package io.distributary.ddb;

import java.time.InstantSource;
import java.util.List;

import io.distributary.coalesce.Coalescer;
import io.distributary.coalesce.CoalescingProducer;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.coalesce.TargetMeters;
import io.distributary.coalesce.TargetThreads;
import io.distributary.metrics.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/**
 * Writes changes into a table, each by conditional requests of its own: a batch of DynamoDB knows no conditions. Changes of
 * one item never overtake each other.
 */
final class ChangeProducer extends CoalescingProducer<List<DynamoDbRequest>> {
    /** Threads that continue routes after an answer. */
    private static final int WORKERS = 8;

    private final DdbEndpoint endpoint;
    private final DdbConfiguration options;
    private ChangeWrites writes;

    ChangeProducer(DdbEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        endpoint.requireTable();
        writes = options.changeWrites(InstantSource.system());
        MeterRegistry registry = Meters.of(endpoint.getCamelContext());
        TargetMeters meters = new TargetMeters(registry, "aws2-ddb", options.getTableName());
        Counter superseded = Counter.builder("distributary.target.superseded")
                .description("Changes that the table had already, or whose item is newer there or gone")
                .tags("component", "aws2-ddb", "target", options.getTableName()).register(registry);
        TargetThreads threads = new TargetThreads(endpoint.getCamelContext(), this, "DynamoDbProducer", options.getMaxRequests(), WORKERS);
        open(threads, new Coalescer<>(endpoint.name(), options.limits(), new WriteTransport(endpoint.writingClient(), superseded),
                threads.forCoalescer(), meters), meters);
    }

    @Override
    protected Message<List<DynamoDbRequest>> prepare(Part part) throws DeliveryException {
        if (part.event() == null) {
            throw new DeliveryException(endpoint.name(), part.id(), "changeOperation=" + options.getChangeOperation()
                    + " needs a change as the body, or as the exchange property that a transformation leaves; use it in a route"
                    + " from aws2-ddbstream", true, 0, null);
        }
        return new Message<>(writes.of(part.event()), part.lane(), Math.toIntExact(Math.max(1, part.event().sizeBytes())));
    }
}
