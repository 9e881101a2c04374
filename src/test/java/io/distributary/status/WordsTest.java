package io.distributary.status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class WordsTest {
    @ParameterizedTest
    @CsvSource({"0, 0 ms", "999, 999 ms", "1000, 1 s", "59999, 59 s", "60000, 1 min", "829969, 13 min 49 s", "3600000, 1 h",
            "31635879, 8 h 47 min", "86400000, 1 d", "270000000, 3 d 3 h"})
    void aDurationHasItsTwoLargestUnits(long milliseconds, String words) {
        assertEquals(words, Words.duration(milliseconds));
    }

    @Test
    void numbersAreAsPeopleReadThem() {
        assertNull(Words.duration(null));
        assertEquals("0", Words.rate(0));
        assertEquals("0.4", Words.rate(0.4));
        assertEquals("18,900", Words.rate(18_900.4));
        assertEquals("1 gap", Words.count(1, "gap"));
        assertEquals("1,200 dead letters", Words.count(1_200, "dead letter"));
    }
}
