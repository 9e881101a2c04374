package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which shards an engine reads, in which order and from where, on a scripted stream. */
class LocalEngineShardsTest {
    private final Simulation sim = new Simulation(1);
    private final FakeStream stream = sim.stream;

    @Test
    void childrenStartOnlyAfterTheirParentIsDrained() {
        String parent = stream.addShard(null);
        for (int n = 1; n <= 50; n++) {
            stream.put("a", n);
        }
        List<String> children = stream.close(parent, 2);
        stream.put("a", 51);
        stream.put(children.get(0), "b", 1);
        stream.put(children.get(1), "c", 1);
        List<Runnable> held = new ArrayList<>();
        sim.route = (event, done) -> {
            if (event.newImage().get("n").n().equals("50")) {
                held.add(() -> done.accept(null));
            } else {
                done.accept(null);
            }
        };
        sim.start();
        sim.runFor(Duration.ofSeconds(30));
        assertEquals(Map.of("a", 50), lastDelivered(), "the parent's last record is still in flight");
        held.forEach(Runnable::run);
        sim.runFor(Duration.ofSeconds(30));
        sim.assertAllDeliveredInOrder(Map.of("a", 51, "b", 1, "c", 1));
        assertTrue(sim.checkpoints.stored().get(parent).isShardEnd());
    }

    @Test
    void aChildIsReadFromItsBeginningWhateverTheStartPosition() {
        sim.start = StartPosition.FROM_LATEST;
        String parent = stream.addShard(null);
        stream.put("a", 1);
        sim.start();
        stream.put("a", 2);
        stream.close(parent, 1);
        stream.put("a", 3);
        sim.runFor(Duration.ofSeconds(30));
        assertEquals(List.of(2, 3), sim.delivered.get("a"));
    }

    @Test
    void moreThanAHundredShardsAreAllRead() {
        Map<String, Integer> written = new HashMap<>();
        for (int i = 0; i < 250; i++) {
            stream.put(stream.addShard(null), "item" + i, 1);
            written.put("item" + i, 1);
        }
        sim.start();
        sim.runFor(Duration.ofSeconds(5));
        sim.assertAllDeliveredInOrder(written);
        assertEquals(List.of("describeStream null", "describeStream shardId-00099", "describeStream shardId-00199"),
                stream.calls().subList(0, 3));
    }

    @Test
    void anEmptyListingPageWithMoreToComeIsNotTheEnd() {
        stream.put(stream.addShard(null), "a", 1);
        stream.put(stream.addShard(null), "b", 1);
        stream.emptyPages = 3;
        sim.start();
        sim.runFor(Duration.ofSeconds(5));
        sim.assertAllDeliveredInOrder(Map.of("a", 1, "b", 1));
    }

    @Test
    void aListingThatNeverEndsIsAFailureNotAnEmptyStream() {
        stream.put(stream.addShard(null), "a", 1);
        stream.emptyPages = 1000;
        sim.start();
        assertEquals(EngineStatus.State.CONNECTING, sim.engine.status().state());
        stream.emptyPages = 0;
        sim.runFor(Duration.ofSeconds(5));
        sim.assertAllDeliveredInOrder(Map.of("a", 1));
    }

    @Test
    void aShardThatAppearsAfterAStartOnAnEmptyStreamIsReadFromItsBeginning() {
        sim.start = StartPosition.FROM_LATEST;
        sim.start();
        sim.crash();
        stream.put(stream.addShard(null), "a", 1);
        sim.start();
        sim.runFor(Duration.ofSeconds(5));
        assertEquals(Map.of("a", List.of(1)), sim.delivered);
    }

    /** As DynamoDB Local answers for as long as the shard is listed. */
    @Test
    void aClosedShardOfWhichNothingIsLeftIsPassedOver() {
        String parent = stream.addShard(null);
        stream.put("a", 1);
        stream.close(parent, 1);
        stream.put("shardId-00001", "b", 1);
        stream.trim(parent, 1);
        stream.fault = (call, shardId) -> {
            if (call.equals("getRecords") && shardId.equals(parent)) {
                throw FakeStream.error(TrimmedDataAccessException.builder(), "TrimmedDataAccessException");
            }
        };
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
        assertEquals(Map.of("b", 1), lastDelivered());
        assertEquals(EngineStatus.State.RUNNING, sim.engine.status().state());
    }

    /** Its iterator was taken before the retention overtook a part, and other failures came in between. */
    @Test
    void aClosedShardOfWhichAPartIsTrimmedIsReadToItsEnd() {
        sim.gapPolicy = GapPolicy.CONTINUE;
        String parent = stream.addShard(null);
        stream.put("a", 1);
        stream.put("a", 2);
        stream.close(parent, 1);
        int[] throttled = {3};
        stream.fault = (call, shardId) -> {
            if (call.equals("getRecords") && shardId.equals(parent) && throttled[0]-- > 0) {
                stream.trim(parent, 1);
                throw FakeStream.error(LimitExceededException.builder(), "LimitExceededException");
            }
        };
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
        assertEquals(Map.of("a", List.of(2)), sim.delivered);
    }

    @Test
    void anOpenShardThatReportsTrimmedDataByMistakeIsReadOnceItDoesNot() {
        String shard = stream.addShard(null);
        stream.put("a", 1);
        int[] mistakes = {30};
        stream.fault = (call, shardId) -> {
            if (call.equals("getRecords") && mistakes[0]-- > 0) {
                throw FakeStream.error(TrimmedDataAccessException.builder(), "TrimmedDataAccessException");
            }
        };
        sim.start();
        sim.runFor(Duration.ofMinutes(30));
        assertEquals(Map.of("a", 1), lastDelivered());
        assertFalse(sim.checkpoints.stored().get(shard).isShardEnd());
    }

    @Test
    void aShardThatVanishedUnreadIsAGapToo() {
        String shard = stream.addShard(null);
        stream.put("a", 1);
        sim.start();
        sim.runFor(Duration.ofSeconds(3));
        sim.stop();
        stream.close(shard, 1);
        stream.put("a", 2);
        stream.remove(shard);
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
        assertEquals(Map.of("a", 1), lastDelivered());
        assertEquals(EngineStatus.State.FAILED, sim.engine.status().state());
        sim.stop();
        sim.gapPolicy = GapPolicy.CONTINUE;
        sim.start();
        sim.runFor(Duration.ofMinutes(1));
        assertEquals(Map.of("a", 2), lastDelivered());
    }

    @Test
    void aShardMissingFromOneListingIsReadOn() {
        String shard = stream.addShard(null);
        stream.put("a", 1);
        sim.start();
        sim.runFor(Duration.ofSeconds(3));
        sim.stop();
        stream.put("a", 2);
        stream.setListed(shard, false);
        sim.start();
        sim.runFor(Duration.ofSeconds(3));
        sim.assertAllDeliveredInOrder(Map.of("a", 2));
    }

    @Test
    void aChildListedBeforeItsParentWaitsForIt() {
        String parent = stream.addShard(null);
        stream.put("a", 1);
        stream.close(parent, 1);
        stream.put("a", 2);
        stream.setListed(parent, false);
        sim.start();
        sim.runFor(Duration.ofMillis(500));
        assertEquals(Map.of(), sim.delivered);
        stream.setListed(parent, true);
        sim.runFor(Duration.ofSeconds(30));
        sim.assertAllDeliveredInOrder(Map.of("a", 2));
    }

    @Test
    void aChildWhoseParentIsGoneForGoodIsReadSoon() {
        String parent = stream.addShard(null);
        stream.close(parent, 1);
        stream.put("a", 1);
        stream.remove(parent);
        sim.start();
        sim.runFor(Duration.ofMillis(2500));
        sim.assertAllDeliveredInOrder(Map.of("a", 1));
    }

    @Test
    void theChildOfAnEndedShardIsFoundWithoutWaitingForTheNextRefresh() {
        String parent = stream.addShard(null);
        stream.put("a", 1);
        sim.start();
        sim.runFor(Duration.ofSeconds(1));
        stream.close(parent, 1);
        stream.put("a", 2);
        sim.runFor(Duration.ofMillis(600));
        sim.assertAllDeliveredInOrder(Map.of("a", 2));
    }

    private Map<String, Integer> lastDelivered() {
        Map<String, Integer> last = new HashMap<>();
        sim.delivered.forEach((item, values) -> last.put(item, values.get(values.size() - 1)));
        return last;
    }
}
