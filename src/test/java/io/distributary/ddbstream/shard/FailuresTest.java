package io.distributary.ddbstream.shard;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.distributary.event.BatchItemFailuresException;
import io.distributary.event.ChangeEvent;
import io.distributary.event.FailedAttempts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.Record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

class FailuresTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    /** Records 1 to n; e1 is the event id of the first. The next deliveries: records, "+" after those at a further try, "!" given up. */
    @ParameterizedTest(name = "{0} records, {1} reported, {2} attempts allowed")
    @CsvSource(nullValues = "-", value = {
            "1, -,            0, '',    1+",
            "1, -,            1, '',    1!",
            "1, e1,           0, '',    1+",
            "1, stranger,     0, '',    1+",
            "5, -,            0, '',    '1 2/3 4 5'",
            "5, -,            1, '',    '1 2/3 4 5'",
            "5, e4 2,         0, 1 3 5, 2 4+",
            "5, 2,            1, 1 3 4 5, 2!",
            "5, e1 e2 e3 e4 e5, 0, '',  '1 2/3 4 5'",
            "2, 1 2,          1, '',    1!/2!",
            "5, e2 stranger,  1, '',    '1 2/3 4 5'",
    })
    void saysWhatFailedAndWhatIsDeliveredNext(int records, String reported, int maxAttempts, String delivered, String next) {
        Delivery delivery = Delivery.first(IntStream.rangeClosed(1, records).mapToObj(FailuresTest::slot).toList());
        Failures failures = Failures.of(delivery, reported == null ? new Exception("refused") : report(reported));
        assertEquals(delivered, text(failures.delivered()));
        failures.failed().keySet().forEach(slot -> slot.failed = FailedAttempts.after(slot.failed, failures.single(), NOW));
        assertEquals(next, failures.next(delivery, new RetryLimits(maxAttempts, Duration.ZERO), NOW).stream()
                .map(each -> text(each.slots) + (each.tries > 1 ? "+" : "") + (each.exhausted != null ? "!" : ""))
                .collect(Collectors.joining("/")));
    }

    @Test
    void eachRecordGetsTheReasonThatTheReportGivesForIt() {
        Exception tooLarge = new Exception("too large");
        Map<String, Throwable> report = new LinkedHashMap<>();
        report.put("e1", tooLarge);
        report.put("2", null);
        Exception failure = new Exception(new BatchItemFailuresException(report));
        Delivery delivery = Delivery.first(List.of(slot(1), slot(2), slot(3)));
        Map<Slot, Throwable> failed = Failures.of(delivery, failure).failed();
        assertSame(tooLarge, failed.get(delivery.slots.get(0)));
        assertSame(failure, failed.get(delivery.slots.get(1)));
        assertEquals(2, failed.size());
    }

    @Test
    void aRecordGivenUpIsHandedToTheDeadLettersUntilTheyHaveIt() {
        Exception refused = new Exception("refused");
        Delivery delivery = Delivery.toDeadLetters(slot(1), refused);
        Delivery next = Failures.of(delivery, new Exception("queue away")).next(delivery, RetryLimits.NONE, NOW).get(0);
        assertSame(refused, next.exhausted);
        assertEquals(2, next.tries);
    }

    @ParameterizedTest(name = "{0} attempts and {1} s allowed, {2} failed, {3} s old")
    @CsvSource({
            "0, 0,  99, 99999, false",
            "3, 0,  2,  0,     false",
            "3, 0,  3,  0,     true",
            "0, 60, 1,  60,    false",
            "0, 60, 1,  61,    true",
            "3, 60, 1,  61,    true",
            "3, 60, 3,  1,     true",
            "0, 60, 1,  -1,    false",
    })
    void givesUpAfterSoManyAttemptsOrAtThatAge(int maxAttempts, long maxAge, int failed, long age, boolean exhausted) {
        ChangeEvent event = event(1, age < 0 ? null : NOW.minusSeconds(age));
        assertEquals(exhausted, new RetryLimits(maxAttempts, Duration.ofSeconds(maxAge))
                .exhausted(event, new FailedAttempts(failed, NOW, NOW), NOW));
    }

    private static Exception report(String ids) {
        Map<String, Throwable> failures = new LinkedHashMap<>();
        List.of(ids.split(" ")).forEach(id -> failures.put(id, null));
        return new RuntimeException(new BatchItemFailuresException(Collections.unmodifiableMap(failures)));
    }

    private static Slot slot(int n) {
        return new Slot(event(n, NOW), "item" + n, Integer.toString(n), 1);
    }

    private static ChangeEvent event(int n, Instant created) {
        return ChangeEvent.of(Record.builder().eventID("e" + n).dynamodb(change -> change.sequenceNumber(Integer.toString(n))
                .approximateCreationDateTime(created)).build(), FakeStream.TABLE.shard("shardId-1"));
    }

    private static String text(List<Slot> slots) {
        return slots.stream().map(slot -> slot.sequenceNumber).collect(Collectors.joining(" "));
    }
}
