package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The listings of many tables in one process, on scripted streams and a clock of their own. */
class LocalEngineListingsTest {
    private static final int TABLES = 50;

    private final SimulatedRuntime runtime = new SimulatedRuntime(1, 8, Instant.parse("2026-01-02T00:00:00Z"));
    private final List<FakeTable> tables = new ArrayList<>();
    private final List<LocalEngine> engines = new ArrayList<>();
    /** When DescribeStream was called, for all tables. */
    private final List<Instant> calls = new ArrayList<>();
    private final List<List<Instant>> callsOfTable = new ArrayList<>();
    private final Set<String> delivered = new HashSet<>();
    private int throttled;

    @AfterEach
    void stop() {
        engines.forEach(LocalEngine::stop);
    }

    @Test
    void fiftyTablesStayWithinTenCallsOfASecondAndEachIsListedAgainAndAgain() {
        start(1);
        runtime.runFor(Duration.ofMinutes(10));
        assertEquals(10, DescribePaceTest.most(calls), "at the start all ten are used");
        // 50 tables every 10 s are 5 calls a second: each has its own pace
        callsOfTable.forEach(own -> assertTrue(own.size() > 55, "listings of one table in 10 min: " + own.size()));
    }

    @Test
    void moreThanTheLimitAllowsIsSpreadEvenly() {
        start(4); // pages, so 20 calls a second are wanted
        runtime.runFor(Duration.ofMinutes(10));
        assertTrue(DescribePaceTest.most(calls) <= 10);
        int least = Collections.min(callsOfTable.stream().map(List::size).toList());
        int most = Collections.max(callsOfTable.stream().map(List::size).toList());
        assertTrue(least > 4 * 10 && most < 2 * least, "calls of one table in 10 min: " + least + " to " + most);
    }

    /** While the other tables' listings wait for their turns. */
    @Test
    void theEndOfAShardIsStillFollowedByAListingAtOnce() {
        start(4);
        runtime.runFor(Duration.ofMinutes(1));
        FakeStream stream = tables.get(17).current();
        String parent = stream.openShards().get(0);
        String child = stream.close(parent, 1).get(0);
        stream.put(child, "follower", 1);
        runtime.runFor(Duration.ofSeconds(3));
        assertEquals(Set.of("follower"), delivered);
    }

    @Test
    void throttledListingsBackOffEachAtItsOwnMoment() {
        start(1);
        int before = calls.size();
        throttled = 1000;
        runtime.runFor(Duration.ofMinutes(2));
        int during = calls.size() - before;
        // 50 tables x 10 tries; all that the limit allows are 1,200
        assertTrue(during < 600, "calls in 2 min of throttling: " + during);
        // the tables were listed together once; after some tries they are not any more
        List<Instant> late = calls.subList(calls.size() - TABLES, calls.size());
        assertTrue(new HashSet<>(late).size() > TABLES * 9 / 10, () -> "moments of the last calls: " + late);
        assertEquals(EngineStatus.State.RETRYING, engines.get(0).status().state());
        throttled = 0;
        runtime.runFor(Duration.ofMinutes(1));
        engines.forEach(engine -> assertEquals(EngineStatus.State.RUNNING, engine.status().state()));
    }

    private void start(int pages) {
        for (int i = 0; i < TABLES; i++) {
            FakeTable table = new FakeTable(runtime::now);
            List<Instant> own = new ArrayList<>();
            table.current().shardsPerPage = 1;
            for (int page = 0; page < pages; page++) {
                table.current().addShard(null);
            }
            table.current().fault = (call, shardId) -> {
                if (call.equals("describeStream")) {
                    calls.add(runtime.now());
                    own.add(runtime.now());
                    if (throttled-- > 0) {
                        throw FakeStream.error(LimitExceededException.builder(), "LimitExceededException");
                    }
                }
            };
            EngineSettings settings = new EngineSettings("test", StartPosition.FROM_START, null, 100, 100, 100_000, Duration.ZERO,
                    Duration.ofMillis(250), Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofMinutes(1), GapPolicy.FAIL);
            LocalEngine engine = new LocalEngine("table" + i, settings, runtime, table, table, new MemoryCheckpoints(),
                    (event, done) -> {
                        delivered.add(event.itemKey());
                        done.accept(null);
                    }, EngineListener.NONE);
            tables.add(table);
            callsOfTable.add(own);
            engines.add(engine);
            engine.start();
        }
    }
}
