package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.distributary.ddbstream.shard.EngineSnapshot.Shard;
import io.distributary.ddbstream.shard.EngineSnapshot.State;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What an engine shows of its shards, on a scripted stream. */
class EngineSnapshotTest {
    private final Simulation sim = new Simulation(1);
    private final FakeStream stream = sim.stream;

    @Test
    void aFullWindowIsBackPressureAndItsChildWaits() {
        String parent = stream.addShard(null);
        for (int n = 1; n <= 100; n++) {
            stream.put("item" + n, n);
        }
        String child = stream.close(parent, 1).get(0);
        List<Runnable> held = new ArrayList<>();
        sim.route = (event, done) -> held.add(() -> done.accept(null));
        sim.start();
        sim.runFor(Duration.ofSeconds(3));
        Shard full = shard(parent);
        assertEquals(State.BACK_PRESSURE, full.state());
        assertEquals(sim.maxInFlight, full.window().size());
        assertTrue(full.window().unfinished() > sim.maxInFlight, full::toString);
        assertTrue(full.why().contains("16 of 16 in the window"), full.why());
        assertEquals(State.WAITING_FOR_PARENT, shard(child).state());
        assertEquals(parent, shard(child).parentShardId());
        assertTrue(sim.engine.snapshot().bufferedBytes() > 0);

        sim.route = (event, done) -> done.accept(null);
        List.copyOf(held).forEach(Runnable::run);
        sim.runFor(Duration.ofSeconds(5));
        assertEquals(State.SHARD_END, shard(parent).state());
        assertEquals(State.READING, shard(child).state());
        assertNull(shard(child).why());
        assertEquals(0, sim.engine.snapshot().bufferedBytes());
    }

    @Test
    void aRecordThatFailsHoldsItsShardAndSaysWhy() {
        String shard = stream.addShard(null);
        stream.put("good", 1);
        stream.put("bad", 1);
        stream.put("other", 1);
        sim.route = (event, done) -> done.accept(event.itemKey().contains("bad") ? new IllegalStateException("the index is closed") : null);
        sim.start();
        sim.runFor(Duration.ofSeconds(20));
        Shard held = shard(shard);
        assertEquals(State.HELD, held.state());
        assertEquals(1, held.window().unfinished(), "the record behind it is acknowledged");
        assertEquals(2, held.window().size(), "and counts in the window");
        EngineSnapshot.FailingRecord record = held.window().oldest();
        assertTrue(record.attempts() > 2, record::toString);
        assertTrue(record.itemKey().contains("bad"), record::toString);
        assertTrue(record.reason().contains("the index is closed"), record::toString);
        assertTrue(record.firstFailed().isBefore(record.lastFailed()), record::toString);
        assertTrue(held.why().contains(record.sequenceNumber()), held.why());
        assertTrue(held.checkpoint().sequenceNumber().compareTo(record.sequenceNumber()) < 0, held::toString);
        assertTrue(held.position().sequenceNumber().compareTo(record.sequenceNumber()) > 0, held::toString);

        sim.route = (event, done) -> done.accept(null);
        sim.runFor(Duration.ofSeconds(60));
        assertEquals(State.READING, shard(shard).state());
        assertNull(shard(shard).window().oldest());
    }

    @Test
    void suspensionTroubleAndGapsAreStates() {
        String shard = stream.addShard(null);
        stream.put("a", 1);
        sim.start();
        sim.runFor(Duration.ofSeconds(2));
        sim.engine.suspend();
        sim.runFor(Duration.ofSeconds(2));
        assertEquals(State.SUSPENDED, shard(shard).state());
        sim.engine.resume();

        FakeStream.Fault none = stream.fault;
        stream.fault = (call, shardId) -> {
            if (call.equals("getRecords")) {
                throw SdkClientException.create("Connection refused");
            }
        };
        sim.runFor(Duration.ofSeconds(5));
        assertEquals(State.RETRYING, shard(shard).state());
        assertTrue(shard(shard).why().contains("Connection refused"), shard(shard).why());
        stream.put("a", 2);
        stream.put("a", 3);
        stream.trim(shard, 2);
        stream.fault = none;
        sim.runFor(Duration.ofSeconds(120));
        assertEquals(State.STOPPED_AT_GAP, shard(shard).state());
        assertTrue(shard(shard).why().contains("no longer in the stream"), shard(shard).why());
        assertNull(shard(shard).deliveredUpTo(), "its lag means nothing any more");
    }

    private Shard shard(String id) {
        Map<String, Shard> shards = sim.engine.snapshot().shards().stream().collect(Collectors.toMap(Shard::shardId, Function.identity()));
        return shards.get(id);
    }
}
