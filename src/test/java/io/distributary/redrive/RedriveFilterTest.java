package io.distributary.redrive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.regex.Pattern;

import io.distributary.deadletter.store.DeadLetterRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedriveFilterTest {
    private static final DeadLetterRecord LETTER = Fixtures.letter("1", "orders", "kamelet:distributary-sqs-sink?queue=a",
            Fixtures.change(1, "ORDER#1", null, "a")).letter();
    private static final DeadLetterRecord NO_TARGET = Fixtures.letter("1", "orders", null, Fixtures.change(1, "ORDER#1", null, "a")).letter();

    /** target, route, since, until, key, error: of a letter for queue a that failed at 10:00 with a.B refused, by c.D full. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "true,  -, -, -, -, -, -",
        "true,  queue=a, -, -, -, -, -",
        "false, queue=b, -, -, -, -, -",
        "true,  -, orders, -, -, -, -",
        "false, -, order, -, -, -, -",
        "true,  -, -, 2026-11-20T10:00:00Z, -, -, -",
        "false, -, -, 2026-11-20T10:00:01Z, -, -, -",
        "false, -, -, -, 2026-11-20T10:00:00Z, -, -",
        "true,  -, -, -, 2026-11-20T10:00:01Z, -, -",
        "true,  -, -, -, -, ORDER#, -",
        "false, -, -, -, -, RDER#, -",
        "true,  -, -, -, -, -, ^refused$",
        "true,  -, -, -, -, -, ful+",
        "true,  -, -, -, -, -, c\\.D",
        "false, -, -, -, -, -, cXD",
        "false, queue=a, other, -, -, -, -"})
    void everyConditionCounts(boolean matches, String target, String route, Instant since, Instant until, String key, String error) {
        assertEquals(matches, new RedriveFilter(target, route, since, until, key, error == null ? null : Pattern.compile(error))
                .matches(LETTER));
    }

    @ParameterizedTest
    @CsvSource({"true,", "false, sqs"})
    void aLetterWithoutATargetIsNotOfOne(boolean matches, String target) {
        assertEquals(matches, new RedriveFilter(target, null, null, null, null, null).matches(NO_TARGET));
    }
}
