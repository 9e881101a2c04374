package io.distributary.sns;

import io.distributary.aws.BatchOptions;
import io.distributary.coalesce.Coalescer;
import io.distributary.coalesce.TargetMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

class TopicTargetsTest {
    private final TopicTargets topics = new TopicTargets(arn -> new Topic(arn, new Coalescer<>(arn,
            new BatchOptions(2, 1, 1_024, 2_048, 0, 100).limits(), messages -> null,
            new Coalescer.Threads(Runnable::run, Runnable::run, 1, (task, nanos) -> { }, System::nanoTime, () -> 0),
            new TargetMeters(new SimpleMeterRegistry(), "aws2-sns", arn))));

    @Test
    void theLastUsedAreKeptAndThoseWithMessagesUnderWay() {
        Topic busy = topics.acquire("busy");
        for (int i = 0; i < TopicTargets.KEPT * 2; i++) {
            topics.release(topics.acquire("t" + i));
        }
        assertEquals(TopicTargets.KEPT, topics.size());
        assertSame(busy, topics.acquire("busy"));
    }

    @Test
    void noneIsDroppedWhileItsMessagesAreUnderWay() {
        for (int i = 0; i < TopicTargets.KEPT + 10; i++) {
            topics.acquire("t" + i);
        }
        assertEquals(TopicTargets.KEPT + 10, topics.size());
    }
}
