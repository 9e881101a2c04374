package io.distributary.ddbstream.shard;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LanesTest {
    private final Lanes lanes = new Lanes();

    @Test
    void differentItemsGoAtOnce() {
        assertTrue(lanes.enter(slot("a", 1)));
        assertTrue(lanes.enter(slot("b", 2)));
    }

    @Test
    void recordsOfOneItemGoOneAfterTheOtherInOrder() {
        Slot first = slot("a", 1);
        Slot second = slot("a", 2);
        Slot third = slot("a", 3);
        assertTrue(lanes.enter(first));
        assertFalse(lanes.enter(second));
        assertFalse(lanes.enter(third));
        assertSame(second, lanes.leave(first));
        assertSame(third, lanes.leave(second));
        assertNull(lanes.leave(third));
    }

    @Test
    void aRecordThatComesWhileTheItemIsBusyAgainStillWaits() {
        Slot first = slot("a", 1);
        Slot second = slot("a", 2);
        Slot third = slot("a", 3);
        lanes.enter(first);
        lanes.enter(second);
        lanes.leave(first);
        assertFalse(lanes.enter(third));
        assertSame(third, lanes.leave(second));
    }

    @Test
    void aFreedLaneIsOpenAgain() {
        Slot first = slot("a", 1);
        lanes.enter(first);
        lanes.leave(first);
        assertTrue(lanes.enter(slot("a", 2)));
    }

    private static Slot slot(String key, int n) {
        return new Slot(null, key, Integer.toString(n), 1);
    }
}
