package io.distributary.event;

import static io.distributary.event.ChangeVersion.UNKNOWN_BEFORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeVersionTest {
    private static final long INDEXES = 1L << 30;

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "100,  7, 101, 101,  0, a later second starts the index anew",
        "100,  7, 100, 100,  8, the same second goes on with the index",
        "100,  7,  99, 100,  8, a second that goes back is not followed",
        "100,  7,    , 100,  8, without a creation time the lineage's second holds",
        "  0,  7, 100, 100,  0, a lineage whose first records had no creation time",
        "100, 1073741823, 100, 101, 0, a full index carries into the second",
        "101,  0, 101, 101,  1, and the second that follows goes on there",
        "100,  7,  -5, 100,  8, a time before 1970",
        "8589934590, 7, 8589934591, 8589934591, 0, the last second of 33 bits",
        "100,  7, 99999999999, 8589934591, 0, a time beyond them"
    })
    void aVersionIsASecondAndAnIndex(long second, long index, Long created, long expectedSecond, long expectedIndex, String what) {
        long version = ChangeVersion.next(second << 30 | index, created == null ? null : Instant.ofEpochSecond(created));
        assertEquals(expectedSecond, version >> 30, what);
        assertEquals(expectedIndex, version & INDEXES - 1, what);
        assertTrue(version > (second << 30 | index), what);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "100,        , 100, 0,      the oldest record",
        "   ,        ,   0, 0,      without a creation time",
        "100,  100000, 100, 0,      LATEST at the second's first instant",
        "100,  100250, 100, 250,    LATEST later in the second",
        "100,   99000, 100, 0,      by a clock that is behind",
        "120,  179999, 120, 59999,  DynamoDB Local, whose times are cut to the minute",
        "100, 9999999, 100, 131071, at most so much that the index stays below a second's end"
    })
    void whereWhatCameBeforeIsUnknownTheIndexBeginsInTheUpperHalf(Long created, Long start, long second, long millis, String what) {
        long version = ChangeVersion.first(created == null ? null : Instant.ofEpochSecond(created),
                start == null ? null : Instant.ofEpochMilli(start));
        assertEquals(second, version >> 30, what);
        assertEquals(UNKNOWN_BEFORE + millis * 4096, version & INDEXES - 1, what);
    }

    @Test
    void aStartThatKnowsNothingIsAboveWhatWasGivenInTheSameSecondBefore() {
        Instant second = Instant.ofEpochSecond(1_795_000_000);
        long given = ChangeVersion.next(0, second);
        for (int i = 0; i < 1_000_000; i++) {
            given = ChangeVersion.next(given, second);
        }
        long first = ChangeVersion.first(second, second.plusMillis(100));
        assertTrue(first > given, "after a lineage");
        for (int i = 0; i < 1_000_000; i++) { // in 900 ms
            given = ChangeVersion.next(first + i, second);
        }
        assertTrue(ChangeVersion.first(second, second.plusMillis(1_000)) > given, "after another such start");
    }

    @Test
    void whatCameBeforeASecondIsBelowAllOfItAndAboveTheSecondsBefore() {
        Instant second = Instant.ofEpochSecond(1_795_000_000);
        long before = ChangeVersion.before(second);
        assertTrue(before < ChangeVersion.next(0, second) && before < ChangeVersion.first(second, null));
        assertEquals(before, ChangeVersion.before(second.plusMillis(999)));
        assertTrue(before > ChangeVersion.first(second.minusSeconds(1), second.plusSeconds(10)));
        assertTrue(before > ChangeVersion.next(ChangeVersion.next(0, second.minusSeconds(1)) + 1_000_000, second.minusSeconds(1)));
    }

    @Test
    void theNextSecondIsAboveWhateverWasCountedInTheLast() {
        Instant second = Instant.ofEpochSecond(1_795_000_000);
        assertTrue(ChangeVersion.next(ChangeVersion.first(second, second.plusSeconds(100)), second.plusSeconds(1))
                > ChangeVersion.first(second, second.plusSeconds(100)));
        assertTrue(ChangeVersion.first(Instant.MAX, second) > 0, "63 bits");
    }
}
