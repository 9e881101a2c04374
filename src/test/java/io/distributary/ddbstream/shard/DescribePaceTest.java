package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DescribePaceTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private final DescribePace pace = new DescribePace();

    @Test
    void whatCanWaitTakesSevenOfTheTenCallsOfASecond() {
        assertEquals(7, taken(20, T, false));
        assertEquals(Duration.ofSeconds(1), pace.take(T, false));
        assertEquals(Duration.ofMillis(1), pace.take(T.plusMillis(999), false));
        assertEquals(7, taken(20, T.plusSeconds(1), false));
    }

    @Test
    void whatCannotWaitTakesAllTen() {
        assertEquals(10, taken(20, T, true));
        assertEquals(Duration.ofMillis(300), pace.take(T.plusMillis(700), true));
    }

    @Test
    void whatCannotWaitFindsThreeCallsLeft() {
        assertEquals(7, taken(20, T, false));
        assertEquals(3, taken(20, T.plusMillis(10), true));
    }

    @Test
    void aClockThatIsSetBackDelaysNoLongerThanASecond() {
        assertEquals(10, taken(10, T, true));
        assertEquals(Duration.ofSeconds(1), pace.take(T.minusSeconds(3600), true));
    }

    /** Whoever asks when: no second, wherever it begins, has more than ten calls. */
    @Test
    void noSecondHasMoreThanTenCalls() {
        long seed = System.nanoTime();
        System.out.println("DescribePaceTest: seed " + seed);
        Random random = new Random(seed);
        List<Instant> calls = new ArrayList<>();
        Instant now = T;
        for (int i = 0; i < 20_000; i++) {
            now = now.plusMillis(random.nextInt(100) == 0 ? random.nextInt(3000) : random.nextInt(60));
            if (pace.take(now, random.nextInt(3) == 0).isZero()) {
                calls.add(now);
            }
        }
        assertTrue(calls.size() > 1000, "calls: " + calls.size());
        assertEquals(10, most(calls));
    }

    /** The most of the ascending instants that lie within less than a second. */
    static int most(List<Instant> calls) {
        int most = 0;
        int from = 0;
        for (int i = 0; i < calls.size(); i++) {
            while (!calls.get(from).plusSeconds(1).isAfter(calls.get(i))) {
                from++;
            }
            most = Math.max(most, i - from + 1);
        }
        return most;
    }

    private int taken(int asked, Instant now, boolean cannotWait) {
        int taken = 0;
        for (int i = 0; i < asked; i++) {
            taken += pace.take(now, cannotWait).isZero() ? 1 : 0;
        }
        return taken;
    }
}
