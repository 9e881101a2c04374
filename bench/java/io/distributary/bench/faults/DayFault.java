package io.distributary.bench.faults;

import java.time.Duration;

/**
 * A day in minutes: every few seconds the stream's shards are rolled over and everything in it becomes 24 minutes older, so each
 * iterator expires, and what is older than a day is trimmed.
 */
final class DayFault extends Fault {
    private static final Duration STEP = Duration.ofSeconds(3);
    private static final Duration OLDER = Duration.ofMinutes(24);
    /** A day, and some more. */
    private static final int STEPS = 70;

    DayFault() {
        super("day-of-rotations");
    }

    @Override
    void inflict(World world) {
        var server = world.sandbox().dynamoDbServer();
        world.repeat(STEP, () -> {
            server.rollShards();
            server.age(OLDER);
        });
    }

    @Override
    void heal(World world) throws InterruptedException {
        world.stopRepeating();
    }

    @Override
    Duration hold(Length length) {
        return STEP.multipliedBy(STEPS);
    }

    /** All tables age. */
    @Override
    boolean isAlone() {
        return true;
    }
}
