package io.distributary.nats;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SubjectsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            orders      | orders
            a.b         | a%2Eb
            a_b         | a_b
            "a b"       | a%20b
            a*b>        | a%2Ab%3E
            "a\tb"      | a%09b
            50%         | 50%25
            $JS         | %24JS
            Größe       | Gr%C3%B6%C3%9Fe
            ORDER#1     | ORDER#1
            ""          | %
                        | %
            """)
    void unsafeCharactersOfATokenAreEscaped(String text, String token) {
        assertEquals(token, Subjects.token(text));
        assertTrue(Subjects.isValid(token));
    }

    @Test
    void aLongTokenIsCutBetweenEscapesAndHashed() {
        String key = "k".repeat(186) + "é" + "x".repeat(2000);
        String token = Subjects.token(key);
        assertTrue(token.startsWith("k".repeat(186) + "%C3%-"), token);
        assertEquals(186 + 3 + 2 + 64, token.length());
        assertNotEquals(token, Subjects.token(key + "x"));
        assertEquals("k".repeat(255), Subjects.token("k".repeat(255)));
        assertEquals(255, Subjects.token("k".repeat(256)).length());
        assertTrue(Subjects.isValid(token));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            orders,          orders,           true
            orders,          orders.x,         false
            orders.*,        orders.x,         true
            orders.*,        orders.x.y,       false
            orders.*,        orders,           false
            orders.>,        orders.x.y,       true
            orders.>,        orders.>,         true
            orders.>,        orders,           false
            >,               orders,           true
            orders.*,        orders.>,         false
            orders.x,        orders.*,         false
            *.x,             orders.x,         true
            """)
    void aStreamsSubjectCoversAsTheServerMatches(String pattern, String subject, boolean covered) {
        assertEquals(covered, Subjects.covers(pattern, subject));
    }

    @Test
    void aSubjectThatNoMessageCouldHaveIsNotValid() {
        for (String subject : new String[] {"", "a..b", "a.*", "a b", ".a", "a.", "a.>", "a\r\nPUB b 0", "ä", "a".repeat(2049)}) {
            assertFalse(Subjects.isValid(subject), subject);
        }
        assertTrue(Subjects.isValid("a".repeat(2048)));
        assertTrue(Subjects.isValid("a.b.c"));
    }
}
