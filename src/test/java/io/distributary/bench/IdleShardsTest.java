package io.distributary.bench;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IdleShardsTest {
    @Test
    void aHeapThatStaysIsFlatWhateverItsFirstLooksAndItsPeaks() {
        assertDoesNotThrow(() -> IdleShards.requireFlat(40, 40, 40));
        assertDoesNotThrow(() -> IdleShards.requireFlat(90, 40, 40, 90, 40, 90, 40, 41, 42));
    }

    @Test
    void aHeapThatGrowsIsNotFlat() {
        var grown = assertThrows(WrongResultException.class, () -> IdleShards.requireFlat(40, 40, 41, 42, 43, 44, 45, 46, 47));
        assertEquals("The heap is not flat: from 40.0 to 46.0 MiB", grown.getMessage());
    }
}
