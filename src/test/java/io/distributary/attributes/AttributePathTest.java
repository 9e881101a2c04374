package io.distributary.attributes;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Paths as they are written, on one item: {@code a: 1, b.c: 2, l[0].x: 3, l[1].x: 4, l[1].y: 5, "b.c": 6, "*": 7}. */
class AttributePathTest {
    private static final Map<String, AttributeValue> ITEM = Map.of("a", n(1), "b", m("c", n(2)),
            "l", AttributeValue.fromL(List.of(m("x", n(3)), AttributeValue.fromM(Map.of("x", n(4), "y", n(5))))), "b.c", n(6), "*", n(7));

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "a;1", "b;2", "b.c;2", "\"b.c\";6", "\"b\".\"c\";2", "b.*;2", "l;345", "l[*];345", "l[1];45", "l[*].x;34", "l[1].*;45",
            "l[0].y;", "l[7];", "a.b;", "a[0];", "b[0];", "l.x;", "none;", "*;1234567", "\"*\";7", "*.c;2", "a,b.c , l[*].y;125"})
    void aPathLeadsToThesePlaces(String paths, String digits) {
        List<AttributePath> list = AttributePath.list("attributes", paths);
        String expected = digits == null ? "" : digits;
        assertEquals(expected, digits(new AttributeSelection("attributes", paths).of(ITEM)), "kept");
        String rest = "1234567".chars().mapToObj(Character::toString).filter(digit -> !expected.contains(digit)).collect(Collectors.joining());
        assertEquals(rest, digits(AttributeRewriter.replace(ITEM, list, value -> null)), "left out");
        assertEquals(!expected.isEmpty(), new AttributePlaces("attributes", paths).isIn(ITEM));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "``;is empty", "a,;empty element", "a..b;a name expected at character 3", ".a;a name expected", "a[;number", "a[x];number",
            "a[-1];number", "a[0]b;a dot or a bracket expected", "a];a dot or a bracket expected", "\"a;closing", "a\"b\";a dot or a bracket"})
    void aPathThatCannotBeReadIsRefused(String paths, String message) {
        String refused = assertThrows(IllegalArgumentException.class, () -> AttributePath.list("attributes", paths)).getMessage();
        assertTrue(refused.contains(message) && refused.startsWith("attributes"), refused);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {"l[*].*;l[0].x l[1].x l[1].y", "\"b\".*;b.c", "*;\"*\" \"b.c\" a b l", "none;``"})
    void eachPlaceHasAPathOfItsOwn(String paths, String places) {
        assertEquals(places, String.join(" ", new AttributePlaces("attributes", paths).values(ITEM).keySet()));
        new AttributePlaces("attributes", paths).values(ITEM).forEach((path, value) -> assertEquals(Map.of(path, value),
                new AttributePlaces("attributes", path).values(ITEM), "leads there alone"));
    }

    @Test
    void aQuoteInANameIsWrittenTwice() {
        assertEquals(List.of("\"a,\"\"b\""), List.copyOf(new AttributePlaces("attributes", "*").values(Map.of("a,\"b", n(8))).keySet()));
        assertEquals("8", digits(new AttributeSelection("attributes", "\"a,\"\"b\"").of(Map.of("a,\"b", n(8), "a", n(1)))));
    }

    @Test
    void whatNoPathLeadsToIsTheSameObject() {
        AttributeValue untouched = ITEM.get("b");
        assertSame(untouched, AttributeRewriter.replace(ITEM, AttributePath.list("attributes", "l[0].x"), value -> null).get("b"));
    }

    /** Of all numbers inside, sorted: each stands for its place. */
    private static String digits(Map<String, AttributeValue> attributes) {
        return attributes.values().stream().map(AttributePathTest::digits).collect(Collectors.joining()).chars().sorted()
                .mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static String digits(AttributeValue value) {
        return value.hasM() ? digits(value.m()) : value.hasL() ? value.l().stream().map(AttributePathTest::digits)
                .collect(Collectors.joining()) : value.n();
    }

    private static AttributeValue m(String name, AttributeValue value) {
        return AttributeValue.fromM(Map.of(name, value));
    }

    private static AttributeValue n(int digit) {
        return AttributeValue.fromN(Integer.toString(digit));
    }
}
