package io.distributary.ddbstream.shard;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class FrontierTest {
    @ParameterizedTest(name = "acknowledged {0} of 1 to 5")
    @CsvSource(nullValues = "-", value = {
            "'',        -, 5",
            "1,         1, 4",
            "2,         -, 5",
            "2 1,       2, 3",
            "5 4 3 2,   -, 5",
            "5 4 3 2 1, 5, 0",
            "1 3 5,     1, 4",
            "3 1 2,     3, 2",
    })
    void coversTheContiguousPrefixOnly(String acknowledged, String sequenceNumber, int span) {
        Frontier frontier = new Frontier();
        List<Slot> slots = new ArrayList<>();
        for (int n = 1; n <= 5; n++) {
            Slot slot = new Slot(null, "item" + n, Integer.toString(n), 1);
            slots.add(slot);
            frontier.add(slot);
        }
        for (String n : acknowledged.isEmpty() ? new String[0] : acknowledged.split(" ")) {
            frontier.acknowledge(slots.get(Integer.parseInt(n) - 1));
        }
        assertEquals(sequenceNumber, frontier.sequenceNumber());
        assertEquals(span, frontier.span());
    }
}
