package io.distributary.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ValuePathTest {
    private static final Map<String, AttributeValue> ITEM = Map.of(
            "id", s("1"),
            "a.b", s("dotted"),
            "none", AttributeValue.fromNul(true),
            "state", map(Map.of(
                    "t", map(Map.of("value", n("21.5"), "at", n("1"))),
                    "h", map(Map.of("value", n("40"), "at", n("1"))),
                    "say \"x\\y\"", s("quoted"))),
            "list", AttributeValue.fromL(List.of(n("1"), map(Map.of("v", n("2"))), map(Map.of("v", n("3"))))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "id                         | id",
        "state.t.value              | state.t.value",
        "state.*.value              | state.h.value,state.t.value",
        "*.*.value                  | state.h.value,state.t.value",
        "[\"a.b\"]                  | [\"a.b\"]",
        "state[\"say \\\"x\\\\y\\\"\"] | state[\"say \\\"x\\\\y\\\"\"]",
        "state[\"t\"].value         | state.t.value",
        "list[0]                    | list[0]",
        "list[2].v                  | list[2].v",
        "list[*].v                  | list[1].v,list[2].v",
        "list[3]                    | ''",
        "none                       | none",
        "none.more                  | ''",
        "id.more                    | ''",
        "absent                     | ''",
        "state.t[0]                 | ''",
        "list.v                     | ''",
        "*[1].*                     | list[1].v"})
    void leadsToTheValuesThere(String path, String found) {
        assertEquals(found, String.join(",", ValuePath.parse(path).in(ITEM).keySet()));
    }

    @Test
    void findsTheValueItself() {
        assertEquals(Map.of("state.t.value", n("21.5")), ValuePath.parse("state.t.value").in(ITEM));
        assertTrue(ValuePath.parse("id").in(null).isEmpty(), "no item");
        assertTrue(ValuePath.parse("*").in(Map.of()).isEmpty(), "empty item");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "''       | 1", "a.       | 3", "a..b     | 3", ".a       | 1", "a b      | 2", "a[      | 3", "a[]      | 3", "a[x]     | 3",
        "a[1      | 4", "[1]      | 2", "a[\"b]   | 6", "a[\"b\\  | 6", "a[1]b    | 5", "a[99999999] | 11", "ä       | 1"})
    void whatIsNoPathIsRefusedWithItsCharacter(String path, int character) {
        String message = assertThrows(IllegalArgumentException.class, () -> ValuePath.parse(path)).getMessage();
        assertTrue(message.contains("at character " + character + ","), message);
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(String digits) {
        return AttributeValue.fromN(digits);
    }

    private static AttributeValue map(Map<String, AttributeValue> entries) {
        return AttributeValue.fromM(entries);
    }
}
