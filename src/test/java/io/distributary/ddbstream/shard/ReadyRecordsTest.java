package io.distributary.ddbstream.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReadyRecordsTest {
    @ParameterizedTest(name = "records {0} in batches of {1}, waiting {2}, released {3}")
    @CsvSource(nullValues = "-", value = {
            "1 2 3,     1, false, false, 1/2/3,   false",
            "1 2 3,     2, false, false, '1 2/3', false",
            "1 2,       3, true,  false, -,       true",
            "1 2,       3, true,  true,  '1 2',   false",
            "1 2 3 4,   3, true,  false, '1 2 3', true",
            "1 2 3 4,   3, true,  true,  '1 2 3/4', false",
            "3 1 2,     3, true,  false, '1 2 3', false",
            "9 8 1,     2, false, false, '8 9/1', false",
    })
    void cutsBatchesInStreamOrderAndHoldsBackAnIncompleteOneThatWaits(String records, int batchSize, boolean waiting,
            boolean released, String batches, boolean incomplete) {
        ReadyRecords ready = new ReadyRecords(batchSize, waiting);
        for (String position : records.split(" ")) {
            ready.add(slot(Integer.parseInt(position)));
        }
        if (released) {
            ready.release();
        }
        List<String> cut = new ArrayList<>();
        int announced = ready.batches();
        for (List<Slot> batch = ready.poll(); batch != null; batch = ready.poll()) {
            cut.add(batch.stream().map(slot -> slot.sequenceNumber).collect(Collectors.joining(" ")));
        }
        assertEquals(batches, cut.isEmpty() ? null : String.join("/", cut));
        assertEquals(announced, cut.size());
        assertEquals(incomplete, ready.incomplete());
    }

    @Test
    void whatComesAfterAReleaseWaitsAgain() {
        ReadyRecords ready = new ReadyRecords(2, true);
        ready.release();
        ready.add(slot(1));
        assertNull(ready.poll());
        ready.release();
        assertEquals(1, ready.poll().size());
        assertFalse(ready.incomplete());
        ready.add(slot(2));
        assertNull(ready.poll());
        assertTrue(ready.incomplete());
    }

    @Test
    void whatStandsBehindALimitWaitsForItsEndAndTheOthersForNothing() {
        ReadyRecords ready = new ReadyRecords(3, true);
        List.of(5, 6, 1).forEach(position -> ready.add(slot(position)));
        ready.poll();
        List.of(9, 4).forEach(position -> ready.add(slot(position)));
        ready.limit(6);
        assertEquals("4", ready.poll().stream().map(slot -> slot.sequenceNumber).collect(Collectors.joining(" ")));
        assertTrue(ready.isEmpty());
        assertFalse(ready.incomplete());
        ready.add(slot(7));
        assertEquals(0, ready.batches());
        ready.unlimited();
        assertTrue(ready.incomplete());
        ready.add(slot(8));
        assertEquals("7 8 9", ready.poll().stream().map(slot -> slot.sequenceNumber).collect(Collectors.joining(" ")));
    }

    private static Slot slot(int position) {
        Slot slot = new Slot(null, "item" + position, Integer.toString(position), 1);
        slot.position = position;
        return slot;
    }
}
