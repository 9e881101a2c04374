package io.distributary.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveredTest {
    /** Two items, a and b, in versions 1 and 2. */
    @ParameterizedTest
    @CsvSource({
        "a1 b1 a2 b2, 0, 0, 0",
        "b1 a1 a2 b2, 0, 0, 0",
        "a1 b1 a2, 1, 0, 0",
        "a1 a2 b2 b1, 0, 0, 1",
        "a2 a1 b2 b1, 0, 0, 2",
        "a1 b1 a2 a1 b2, 0, 1, 0",
        "a2 a2, 3, 1, 0",
    })
    void tellsWhatIsMissingRepeatedAndOvertaken(String arrivals, int missing, int repeated, int overtaken) {
        assertEquals(new Delivered(missing, repeated, overtaken), Delivered.compare(2, 2, arrivals(arrivals)));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 1"})
    void refusesToMeasureWrongResults(int missing, int repeated, int overtaken) {
        assertThrows(WrongResultException.class, () -> new Delivered(missing, repeated, overtaken).require("ours"));
    }

    private static List<Arrival> arrivals(String text) {
        return Arrays.stream(text.split(" ")).map(a -> new Arrival(a.substring(0, 1), a.charAt(1) - '0')).toList();
    }
}
