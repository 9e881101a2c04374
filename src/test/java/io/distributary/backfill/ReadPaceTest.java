package io.distributary.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadPaceTest {
    private static final long SECOND = 1_000_000_000L;

    /** Four readers whose pages cost more or less than was expected, in simulated time. */
    @ParameterizedTest
    @CsvSource({"100, 0.05, 0.05", "100, 0.05, 0.5", "5, 2, 0.1", "1000, 0.25, 0.3", "0.5, 1, 1", "40, 0.01, 5"})
    void noMoreThanSoManyUnitsASecondAreUsedAndNotMuchLess(double rate, double expected, double actual) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ReadPace pace = new ReadPace(rate, 4, expected);
        long now = 1_000;
        long begun = now;
        double used = 0;
        double largest = 0;
        double secondPage = 0;
        for (int page = 0; page < 2_000; page++) {
            ReadPace.Turn turn = pace.take(1_000, now);
            assertTrue(turn.limit() >= 1);
            now += turn.waitNanos();
            double units = turn.limit() * actual * (0.8 + 0.4 * random.nextDouble());
            largest = Math.max(largest, units);
            secondPage = page > 20 ? Math.max(secondPage, units) : 0;
            // what was read before this moment, this page not included, was not more than allowed
            double allowed = (now - begun) / (double) SECOND * rate + 1e-3 * rate + 1e-6;
            assertTrue(used <= allowed, "page " + page + ": " + used + " of " + allowed + " units, seed " + seed);
            used += units;
            pace.used(turn, turn.limit(), units);
        }
        double seconds = (now - begun) / (double) SECOND;
        assertTrue(used <= seconds * rate + largest, used + " units in " + seconds + " s, seed " + seed);
        assertTrue(used >= seconds * rate * 0.95, used + " units in " + seconds + " s, seed " + seed);
        assertTrue(secondPage <= Math.max(rate / 4 * 2, actual * 1.3), "a page of " + secondPage + " units, seed " + seed);
    }

    @Test
    void whatWasNotUsedIsNotMadeUpFor() {
        ReadPace pace = new ReadPace(10, 1, 1);
        assertEquals(0, pace.take(5, 0).waitNanos());
        assertEquals(SECOND / 2, pace.take(5, 0).waitNanos());
        assertEquals(0, pace.take(5, 100 * SECOND).waitNanos());
        assertEquals(SECOND / 2, pace.take(5, 100 * SECOND).waitNanos());
    }

    @Test
    void withoutARateNothingWaits() {
        ReadPace pace = new ReadPace(0, 1, 1);
        for (int i = 0; i < 10; i++) {
            ReadPace.Turn turn = pace.take(5_000, i);
            assertEquals(new ReadPace.Turn(ReadPace.MAX_PAGE, 0, 0), turn);
            pace.used(turn, 1_000, 500);
        }
    }
}
