package io.distributary.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;

import io.distributary.ddbstream.RoutePosition.State;
import io.distributary.ddbstream.RoutePosition.Taken;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // state, hours since when nothing was read, lost, hours the backfill lasts, may outlast
        "RUNNING,     , false,  100, false",
        "MISSING,     , true,     1, false",
        "STORED,     0, false,   23, false",
        "STORED,     0, false,   25, true",
        "KEPT,        , false,   23, false",
        "KEPT,        , false,   25, true",
        "KEPT,      20, false,    3, false",
        "KEPT,      20, false,    5, true",
        "KEPT,      25, true,     1, true"})
    void changesAreLostWhereTheStreamNoLongerKeepsThem(State state, Long hours, boolean lost, long lasts, boolean outlasts) {
        Taken taken = new Taken(state, hours == null ? null : NOW.minus(Duration.ofHours(hours)));
        assertEquals(lost, PositionCheck.lost(taken, NOW).isPresent());
        assertEquals(outlasts, PositionCheck.mayOutlast(taken, NOW, Duration.ofHours(lasts)));
    }
}
