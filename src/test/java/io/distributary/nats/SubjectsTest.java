package io.distributary.nats;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SubjectsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            orders      | orders
            a.b         | a_b
            "a b"       | a_b
            a*b>        | a_b_
            "a\tb"      | a_b
            Größe       | Gr__e
            ORDER#1     | ORDER#1
            ""          | _
            """)
    void unsafeCharactersOfATokenAreReplaced(String text, String token) {
        assertEquals(token, Subjects.token(text));
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

    @ParameterizedTest
    @CsvSource(textBlock = """
            orders,     shop.orders,   orders.shop_orders
            a.b,        c,             a.b.c
            orders,     ,              orders
            """)
    void theSubjectIsThePrefixAndTheTable(String prefix, String table, String subject) {
        assertEquals(subject, JetStreamMessage.subject(prefix, table));
    }

    @Test
    void aPrefixThatNoMessageCouldHaveIsRefused() {
        for (String prefix : new String[] {"", "a..b", "a.*", "a b", ".a", "a.", "a.>"}) {
            assertFalse(Subjects.isValid(prefix), prefix);
            assertThrows(IllegalArgumentException.class, () -> new JetStreamMessage().setSubjectPrefix(prefix), prefix);
        }
    }
}
