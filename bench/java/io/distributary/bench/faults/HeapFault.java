package io.distributary.bench.faults;

import io.distributary.bench.faults.Application.Launch;
import io.distributary.bench.faults.Writer.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Items of 100 KB come faster than four slow targets take them, and the heap is small. */
final class HeapFault extends Fault {
    private static final String HEAP = System.getProperty("faults.heap", "96m");
    private static final Shape LARGE = new Shape(30, 100_000, 0);
    private static final Duration LATENCY = Duration.ofSeconds(2);

    HeapFault() {
        super("heap-limit");
    }

    /** DynamoDB answers 1 MB at the most, DynamoDB Local whatever 1,000 records are. */
    @Override
    Launch launch(World world) {
        return new Launch(List.of(), HEAP, List.of("-Dcamel.component.aws2-ddbstream.max-results-per-request=10"), Map.of());
    }

    @Override
    Shape shape() {
        return LARGE;
    }

    @Override
    void inflict(World world) {
        slow(world, LATENCY);
    }

    @Override
    void heal(World world) {
        slow(world, Duration.ZERO);
    }

    private static void slow(World world, Duration latency) {
        for (var peer : List.of(Peer.SNS, Peer.SQS, Peer.NATS, Peer.OPENSEARCH)) {
            world.proxy(peer).latency(latency);
        }
    }

    /** What was delivered and not checkpointed comes again where it ends. */
    @Override
    boolean goesBack() {
        return true;
    }

    @Override
    int interruptions(World world) {
        return 3;
    }

    @Override
    boolean mayEnd() {
        return true;
    }

    @Override
    Duration hold(Length length) {
        return Duration.ofSeconds(length == Length.LONG ? 120 : 20);
    }

    @Override
    boolean isAlone() {
        return true;
    }
}
