package io.distributary.ddbstream;

import java.time.Instant;
import java.util.List;

import io.distributary.ddbstream.shard.Engine;
import io.distributary.ddbstream.shard.EngineSnapshot;
import io.distributary.ddbstream.shard.EngineStatus;
import io.distributary.ddbstream.shard.EngineStatus.ShardStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SourceMetersTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = START;
    private final SourceMeters meters = meters("fanout");

    private SourceMeters meters(String route) {
        SourceMeters made = new SourceMeters(registry, "orders", "orders", route, () -> now);
        made.show(new Busy());
        return made;
    }

    @Test
    void theTableIsAsFarBehindAsItsShardThatIsFurthestBehind() {
        assertTrue(Double.isNaN(gauge("lag")), "before anything is read");
        meters.reading("shard-a", () -> START.minusSeconds(90));
        meters.reading("shard-b", () -> START.minusSeconds(2));
        meters.reading("shard-c", () -> null);
        assertEquals(90_000, gauge("lag"));
        assertEquals(2_000, shardLag("shard-b"));
        assertTrue(Double.isNaN(shardLag("shard-c")), "a shard whose first page has not come");
        now = START.plusSeconds(1);
        assertEquals(91_000, gauge("lag"));
        assertEquals(3, gauge("shards"));
    }

    @Test
    void clocksThatDifferGiveNoNegativeLag() {
        meters.reading("shard-a", () -> START.plusSeconds(5));
        assertEquals(0, gauge("lag"));
    }

    @Test
    void aShardThatHasEndedIsNotShownAnyMore() {
        meters.reading("shard-a", () -> START.minusSeconds(90));
        meters.finished("shard-a");
        assertTrue(Double.isNaN(gauge("lag")));
        assertNull(registry.find("distributary.source.shard.lag").gauge());
    }

    @Test
    void theCheckpointsAgeBeginsAnewWithEachThatIsStored() {
        assertTrue(Double.isNaN(gauge("checkpoint.age")));
        meters.checkpointed();
        now = START.plusSeconds(7);
        assertEquals(7_000, gauge("checkpoint.age"));
    }

    @Test
    void whatAnEngineDoesIsSummedOverItsShards() {
        assertEquals(30, gauge("unfinished"));
        assertEquals(3, gauge("failing"));
        assertEquals(4, gauge("in.flight"));
        meters.page(0);
        meters.page(12);
        assertEquals(12, registry.get("distributary.source.records").counter().count());
        assertEquals(2, registry.get("distributary.source.page.records").summary().count());
    }

    @Test
    void twoRoutesWithOneApplicationNameHaveMetersOfTheirOwn() {
        SourceMeters other = meters("audit");
        other.page(5);
        meters.reading("shard-a", () -> START.minusSeconds(90));
        other.reading("shard-a", () -> START.minusSeconds(1));
        assertEquals(1_000, registry.get("distributary.source.lag").tag("route", "audit").gauge().value());
        meters.close();
        assertEquals(5, registry.get("distributary.source.records").tag("route", "audit").counter().count());
        assertNull(registry.find("distributary.source.shard.lag").tag("route", "fanout").gauge());
        other.close();
        assertEquals(List.of(), registry.getMeters());
    }

    private double gauge(String what) {
        return registry.get("distributary.source." + what).tag("route", "fanout").gauge().value();
    }

    private double shardLag(String shard) {
        return registry.get("distributary.source.shard.lag").tag("shard", shard).gauge().value();
    }

    private static final class Busy implements Engine {
        @Override
        public void start() {
        }

        @Override
        public void suspend() {
        }

        @Override
        public void resume() {
        }

        @Override
        public int inFlight() {
            return 4;
        }

        @Override
        public void stop() {
        }

        @Override
        public EngineStatus status() {
            return new EngineStatus("orders", "arn", EngineStatus.State.RUNNING, null,
                    List.of(new ShardStatus("shard-a", "1", 10, 1), new ShardStatus("shard-b", "2", 20, 2)));
        }

        @Override
        public EngineSnapshot snapshot() {
            return new EngineSnapshot(status(), 0, 1, List.of());
        }
    }
}
