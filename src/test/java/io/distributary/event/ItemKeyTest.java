package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemKeyTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "ORDER#1, METADATA, ORDER#1|METADATA",
            "ORDER#1, -, ORDER#1",
            "a|b, c, a\\|b|c",
            "a, b|c, a|b\\|c",
            "a\\, b, a\\\\|b",
            "a, \\b, a|\\\\b",
            "a|b, -, a\\|b",
    })
    void joinsBothKeysEscaped(String partition, String sort, String joined) {
        assertEquals(joined, ItemKey.join(partition, sort));
    }

    @Test
    void documentIdOfUpTo512BytesIsTheItemKey() {
        assertEquals("a".repeat(512), ItemKey.documentId("a".repeat(512)));
        assertEquals("€".repeat(170) + "aa", ItemKey.documentId("€".repeat(170) + "aa"));
    }

    @Test
    void longerDocumentIdKeepsItsBeginningAndEndsInTheHash() {
        String key = "a".repeat(513);

        assertEquals("a".repeat(446) + "\\#02425c0f5b0dabf3d2b9115f3f7723a02ad8bcfb1534a0d231614fd42b8188f6",
                ItemKey.documentId(key));
        assertEquals(512, ItemKey.documentId(key).length());
    }

    @Test
    void longDocumentIdIsCutBetweenCharactersAndBetweenEscapes() {
        assertTrue(ItemKey.documentId("a" + "€".repeat(200)).matches("a€{148}\\\\#[0-9a-f]{64}"));
        assertTrue(ItemKey.documentId("a" + "\\\\".repeat(300)).matches("a(\\\\\\\\){222}\\\\#[0-9a-f]{64}"));
    }

    @Test
    void groupIdThatSqsTakesIsTheItemKey() {
        assertEquals("ORDER#1|META\\|DATA", ItemKey.messageGroupId("ORDER#1|META\\|DATA"));
        assertEquals("x".repeat(128), ItemKey.messageGroupId("x".repeat(128)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "é", "tab\t", "delete\u007f"})
    void groupIdThatSqsRefusesIsHashed(String key) {
        assertTrue(ItemKey.messageGroupId(key).matches("\\\\#[0-9a-f]{64}"), ItemKey.messageGroupId(key));
    }

    @Test
    void groupIdBeyond128CharactersIsHashed() {
        assertTrue(ItemKey.messageGroupId("x".repeat(129)).matches("\\\\#[0-9a-f]{64}"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", ItemKey.UNKNOWN})
    void noIdIsMadeOfAnUnknownKey(String key) {
        assertThrows(IllegalArgumentException.class, () -> ItemKey.documentId(key));
        assertThrows(IllegalArgumentException.class, () -> ItemKey.messageGroupId(key));
    }
}
