package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-11-20T10:00:07Z", "2024-02-29T23:59:59Z",
        "2000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z",
        "2026-11-20T10:00:07.500Z", "2026-11-20T10:00:07.000000001Z"})
    void isTheTextOfTheInstant(String text) {
        assertEquals(text, Rfc3339.text(Instant.parse(text)));
    }

    @Test
    void isWhatTheInstantSaysItself() {
        long seed = new Random().nextLong();
        new Random(seed).longs(100_000, -70_000_000_000L, 260_000_000_000L).mapToObj(Instant::ofEpochSecond)
                .forEach(time -> assertEquals(time.toString(), Rfc3339.text(time), () -> "seed " + seed));
    }
}
