package io.distributary.nats;

import java.util.Map;

import io.distributary.nats.SubjectTemplate.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SubjectTemplateTest {
    private static final Map<Token, String> CHANGE = Map.of(Token.TABLE, "shop.orders", Token.PARTITION_KEY, "ORDER#1",
            Token.EVENT_NAME, "INSERT");

    @ParameterizedTest
    @CsvSource(textBlock = """
            orders,                              orders
            {table},                             shop%2Eorders
            a.b.{table},                         a.b.shop%2Eorders
            {table}.{partitionKey}.{eventName},  shop%2Eorders.ORDER#1.INSERT
            {table}.{sortKey},                   shop%2Eorders.%
            """)
    void placeholdersStandForTheChangesValuesEscaped(String template, String subject) {
        assertEquals(subject, SubjectTemplate.parse(template).subject(CHANGE::get));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", "{tabel}", "{table}-{partitionKey}", "a.*", "x{table}", "a b", "{table}.>", "{table}."})
    void anImpossibleTemplateIsRefused(String template) {
        String message = assertThrows(IllegalArgumentException.class, () -> SubjectTemplate.parse(template)).getMessage();
        assertTrue(message.startsWith("Not a NATS subject template: \"" + template + "\": "), message);
    }

    @Test
    void noTwoKeysMakeOneSubject() {
        SubjectTemplate template = SubjectTemplate.parse("{partitionKey}.{sortKey}");
        String subject = template.subject(Map.of(Token.PARTITION_KEY, "a.b", Token.SORT_KEY, "c")::get);
        assertEquals("a%2Eb.c", subject);
        assertEquals("a.b%2Ec", template.subject(Map.of(Token.PARTITION_KEY, "a", Token.SORT_KEY, "b.c")::get));
        assertEquals("a%252Eb.c", template.subject(Map.of(Token.PARTITION_KEY, "a%2Eb", Token.SORT_KEY, "c")::get));
    }
}
