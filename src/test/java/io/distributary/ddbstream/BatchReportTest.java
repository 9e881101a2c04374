package io.distributary.ddbstream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.distributary.event.BatchItemFailuresException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BatchReportTest {
    private static final Exception REASON = new Exception("too large");

    static final List<Arguments> REPORTS = List.of(
            Arguments.of(List.of("a", "b"), Set.of("a", "b")),
            Arguments.of(Set.of("a"), Set.of("a")),
            Arguments.of(Map.of("a", REASON), Set.of("a")),
            Arguments.of(Map.of("a", "too large"), Set.of("a")),
            Arguments.of(Collections.singletonMap("a", null), Set.of("a")),
            Arguments.of("{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"},{\"itemIdentifier\":\"b\"}]}", Set.of("a", "b")));

    @ParameterizedTest
    @FieldSource("REPORTS")
    void everyFormNamesTheRecordsThatFailed(Object report, Set<String> ids) {
        BatchItemFailuresException failures = BatchReport.read(report);
        assertEquals(ids, failures.failures().keySet());
        failures.failures().forEach((id, reason) -> assertTrue(reason == null || reason.getMessage().equals("too large")));
    }

    static final List<Object> EMPTY = Arrays.asList(null, List.of(), Map.of(), "{\"batchItemFailures\":[]}",
            "{\"batchItemFailures\":null}");

    @ParameterizedTest
    @FieldSource("EMPTY")
    void anEmptyReportIsASuccess(Object report) {
        assertNull(BatchReport.read(report));
    }

    static final List<Object> UNREADABLE = List.of(42, List.of(42), List.of(""), new ArrayList<>(Arrays.asList("a", null)), "a", "",
            "[]", "{}", "{\"batchItemFailures\":\"a\"}", "{\"batchItemFailures\":[\"a\"]}",
            "{\"batchItemFailures\":[{\"itemIdentifier\":7}]}", "{\"batchItemFailures\":[{\"id\":\"a\"}]}");

    @ParameterizedTest
    @FieldSource("UNREADABLE")
    void whatCannotBeReadIsRefusedWithTheFormsThatCan(Object report) {
        String message = assertThrows(IllegalArgumentException.class, () -> BatchReport.read(report)).getMessage();
        assertTrue(message.startsWith("CamelAwsDdbStreamBatchItemFailures ") && message.contains("itemIdentifier"), message);
    }
}
