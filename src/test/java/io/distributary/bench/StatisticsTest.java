package io.distributary.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    @Test
    void medianIsTheMiddleOne() {
        assertEquals(3, Statistics.median(9, 1, 3));
        assertEquals(2, Statistics.median(9, 1, 3, 1));
        assertEquals(7, Statistics.median(7));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 50", "0.99, 99", "0.991, 100", "1, 100", "0.001, 1"})
    void percentileIsTheNearestRank(double part, double expected) {
        var oneToHundred = IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();
        assertEquals(expected, Statistics.percentile(part, oneToHundred));
    }

    @Test
    void theOrderOfTheValuesStays() {
        var values = new double[] {3, 1, 2};
        assertEquals(1, Statistics.min(values));
        assertEquals(3, Statistics.max(values));
        assertEquals(3, values[0]);
    }

    @Test
    void noValuesHaveNoMedian() {
        assertThrows(IllegalArgumentException.class, Statistics::median);
        assertThrows(IllegalArgumentException.class, () -> Statistics.percentile(0, 1));
    }
}
