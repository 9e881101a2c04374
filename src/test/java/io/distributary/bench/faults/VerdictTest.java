package io.distributary.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Change A1 = new Change("a", 1, false);
    private static final Change A2 = new Change("a", 2, false);
    private static final Change A2_REMOVED = new Change("a", 2, true);
    private static final Change A3 = new Change("a", 3, false);
    private static final Change B1 = new Change("b", 1, false);
    private static final List<Change> WRITTEN = List.of(A1, B1, A2, A2_REMOVED, A3);

    @Test
    void everyChangeOnceAndInTheOrderOfItsItem() {
        assertEquals(new Verdict(0, 0, 0, 0, 0, 0), judge(Set.of(), A1, A2, A2_REMOVED, B1, A3));
    }

    @Test
    void whatIsNeitherThereNorADeadLetterIsLost() {
        assertEquals(2, judge(Set.of(), A1, B1, A3).lost());
        assertEquals(1, judge(Set.of(A2), A1, B1, A3).lost());
    }

    @Test
    void whatWasNotWrittenIsUnknown() {
        assertEquals(1, judge(Set.of(), A1, B1, A2, A2_REMOVED, A3, new Change("a", 4, false)).unknown());
    }

    @Test
    void aChangeThatCameAfterALaterOneIsReordered() {
        assertEquals(new Verdict(0, 0, 2, 0, 0, 0), judge(Set.of(), A1, A3, A2, A2_REMOVED, B1));
    }

    @Test
    void aRepeatIsCountedOnceForEachChangeAndGoesBackOnlyAfterALaterOne() {
        assertEquals(new Verdict(0, 0, 0, 0, 1, 0), judge(Set.of(), A1, A1, A1, A2, A2_REMOVED, A3, B1));
        assertEquals(new Verdict(0, 0, 0, 2, 3, 0), judge(Set.of(), A1, A2, A2_REMOVED, A3, A2, A2_REMOVED, A3, B1));
    }

    @Test
    void aRepeatUnderAnotherIdIsNotRecognised() {
        var arrivals = arrivals(A1, B1, A2, A2_REMOVED, A3);
        arrivals.add(new Arrival(A3, "another"));
        assertEquals(1, Verdict.of(WRITTEN, arrivals, Set.of()).unrecognised());
    }

    @Test
    void anIndexHasTheLastStateOfEachItem() {
        assertEquals(0, documents(Set.of(), Map.of("a", 3, "b", 1)).lost());
        assertEquals(1, documents(Set.of(), Map.of("a", 2, "b", 1)).lost());
        assertEquals(2, documents(Set.of(), Map.of()).lost());
        assertEquals(1, documents(Set.of(), Map.of("a", 3, "b", 1, "c", 1)).unknown());
    }

    @Test
    void anIndexHasNoRemovedItemNorWhatIsADeadLetter() {
        assertEquals(0, Verdict.ofDocuments(List.of(A1, A2, A2_REMOVED), Map.of(), Set.of()).lost());
        assertEquals(1, Verdict.ofDocuments(List.of(A1, A2, A2_REMOVED), Map.of("a", 2), Set.of()).lost());
        assertEquals(0, documents(Set.of(A3, B1), Map.of()).lost());
    }

    @Test
    void theFiguresSayWhatIsNotGood() {
        assertTrue(figures(new Verdict(0, 0, 0, 0, 256, 0), List.of()).good());
        assertFalse(figures(new Verdict(0, 0, 0, 0, 257, 0), List.of()).good());
        assertEquals(List.of("stuck", "1 lost", "2 unknown", "3 reordered", "5 repeated under another id"),
                figures(new Verdict(1, 2, 3, 4, 0, 5), List.of("stuck")).problems());
    }

    private static Figures figures(Verdict verdict, List<String> problems) {
        return new Figures("fault", 10, verdict, 256, 0, null, null, null, List.of(), problems);
    }

    private static Verdict judge(Set<Change> stored, Change... arrived) {
        return Verdict.of(WRITTEN, arrivals(arrived), stored);
    }

    private static Verdict documents(Set<Change> stored, Map<String, Integer> documents) {
        return Verdict.ofDocuments(WRITTEN, documents, stored);
    }

    private static List<Arrival> arrivals(Change... changes) {
        var arrivals = new ArrayList<Arrival>();
        for (var change : changes) {
            arrivals.add(new Arrival(change, "id of " + change));
        }
        return arrivals;
    }
}
