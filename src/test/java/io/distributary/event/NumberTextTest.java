package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "0.0", "1.50", "-12345678901234567890123456789012345678", "1E-130", "1e+125",
            "9.9999999999999999999999999999999999999E+125", "12E124", "0.1E126", "1000", "0.001", "0E5",
            "99999999999999999999999999999999999999000", "0.000000000000000000000000000000000000000000001"})
    void keepsWhatJsonAllows(String text) {
        assertEquals(NumberText.JSON, NumberText.of(text));
        assertEquals(text, NumberText.json(text));
    }

    @ParameterizedTest
    @CsvSource({"+1, 1", "007, 7", "-01.50, -1.50", ".5, 0.5", "5., 5", "00, 0", "+1.E2, 1E+2"})
    void writesOtherNumbersAsJsonDoes(String text, String json) {
        assertEquals(NumberText.OTHER, NumberText.of(text));
        assertEquals(json, NumberText.json(text));
        assertEquals(new BigDecimal(json), NumberText.decimal(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "NaN", "Infinity", "-", "+", ".", "1 ", " 1", "1e", "1e+", "e5", "1.2.3", "0x10", "1,5", "--1",
            "1_000", "١", "1E126", "10E125", "1E-131", "0.1E-130", "1E999999999999999999999", "0E999999999999",
            "123456789012345678901234567890123456789", "1.00000000000000000000000000000000000001"})
    void refusesWhatDynamoDbCannotHold(String text) {
        assertEquals(NumberText.IMPOSSIBLE, NumberText.of(text));
        assertThrows(BadValueException.class, () -> NumberText.json(text));
        assertThrows(BadValueException.class, () -> NumberText.decimal(text));
    }
}
