package io.distributary.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.Patterns;

class EventPatternPropertiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Few names and values, so that patterns often match, arrays nest and paths are the same by different names. */
    private static final Arbitrary<String> NAMES = Arbitraries.of("a", "b", "a.b");
    private static final Arbitrary<String> PLAIN_NAMES = Arbitraries.of("a", "b");
    private static final Arbitrary<String> TEXTS = Arbitraries.of("", "x", "y", "xy", "10.0.0.1", "X");

    @Property(tries = 3_000)
    void withoutNumericItAgreesWithEventRuler(@ForAll("patterns") Object pattern, @ForAll("events") Object event) throws Exception {
        String patternText = JSON.writeValueAsString(pattern);
        String eventText = JSON.writeValueAsString(event);
        boolean expected = eventRuler(patternText, eventText);
        Statistics.collect(expected);
        assertEquals(expected, matches(patternText, eventText), () -> patternText + " on " + eventText);
    }

    /**
     * Each alternative of $or by a machine of its own: where alternatives share values, one machine for all does not find
     * {"a":[2],"b":[""]} with {"$or":[{"a":["x"]},{"a":["x",2]}],"b":[""]}.
     */
    private static boolean eventRuler(String pattern, String event) throws Exception {
        for (Map<String, List<Patterns>> alternative : JsonRuleCompiler.compile(pattern)) {
            Machine machine = new Machine();
            machine.addPatternRule("rule", alternative);
            if (!machine.rulesForJSONEvent(event).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @Property(tries = 1_000)
    void numericAgreesWithBigDecimalOnAttributesOfAllDigits(@ForAll("numbers") BigDecimal value, @ForAll("numbers") BigDecimal low,
            @ForAll("numbers") BigDecimal high) {
        int below = value.compareTo(low);
        check(value, below == 0, "[\"=\"," + low + "]");
        check(value, below < 0, "[\"<\"," + low + "]");
        check(value, below <= 0, "[\"<=\"," + low + "]");
        check(value, below > 0, "[\">\"," + low + "]");
        check(value, below >= 0, "[\">=\"," + low + "]");
        if (low.compareTo(high) < 0) {
            int above = value.compareTo(high);
            check(value, below > 0 && above <= 0, "[\">\"," + low + ",\"<=\"," + high + "]");
            check(value, below >= 0 && above < 0, "[\">=\"," + low + ",\"<\"," + high + "]");
        }
    }

    private static void check(BigDecimal value, boolean expected, String numeric) {
        for (String attribute : List.of("\"N\":\"" + value + "\"", "\"NS\":[\"" + value + "\"]")) {
            String type = attribute.substring(1, attribute.indexOf('"', 1));
            assertEquals(expected, matches("{\"dynamodb\":{\"NewImage\":{\"a\":{\"" + type + "\":[{\"numeric\":" + numeric + "}]}}}}",
                    "{\"dynamodb\":{\"NewImage\":{\"a\":{" + attribute + "}}}}"), () -> value + " " + numeric);
        }
        assertEquals(expected, matches("{\"a\":[{\"numeric\":" + numeric + "}]}", "{\"a\":" + value + "}"), () -> value + " " + numeric);
    }

    private static boolean matches(String pattern, String event) {
        return EventPattern.compile(pattern).matches(event.getBytes(StandardCharsets.UTF_8));
    }

    /** Often the same number in other words, and often apart in the last of 38 digits only. */
    @Provide
    Arbitrary<BigDecimal> numbers() {
        Arbitrary<BigDecimal> near = Combinators.combine(Arbitraries.of("12345678901234567890123456789012345678", "9007199254740993",
                        "0", "5", "-5000000001"), Arbitraries.integers().between(-1, 1), Arbitraries.of(0, 3, -3))
                .as((digits, difference, scale) -> new BigDecimal(new BigInteger(digits).add(BigInteger.valueOf(difference)), scale));
        Arbitrary<BigDecimal> any = Combinators.combine(Arbitraries.bigIntegers().between(BigInteger.TEN.pow(38).negate().add(BigInteger.ONE),
                BigInteger.TEN.pow(38).subtract(BigInteger.ONE)), Arbitraries.integers().between(-80, 120)).as(BigDecimal::new);
        return Arbitraries.oneOf(near, near.map(BigDecimal::stripTrailingZeros), any);
    }

    /**
     * Arrays of arrays, and dotted names beside arrays, are left out: there event-ruler forgets values that are in no array
     * when others of their path are in one, and DynamoDB JSON has neither.
     */
    @Provide
    Arbitrary<Object> events() {
        return Arbitraries.oneOf(object(NAMES, values(NAMES, false, 2), 4), object(PLAIN_NAMES, values(PLAIN_NAMES, true, 2), 4))
                .map(fields -> fields);
    }

    private static Arbitrary<Object> values(Arbitrary<String> names, boolean arrays, int depth) {
        Arbitrary<Object> scalars = Arbitraries.oneOf(TEXTS.map(text -> text), Arbitraries.of(1, 2, 1.0, true, false),
                Arbitraries.just(null));
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<Object> objects = Arbitraries.lazy(() -> object(names, values(names, arrays, depth - 1), 3)).map(each -> each);
        Arbitrary<Object> single = Arbitraries.oneOf(scalars, objects);
        return arrays ? Arbitraries.oneOf(single, single.list().ofMaxSize(3).map(list -> list)) : single;
    }

    @Provide
    Arbitrary<Object> patterns() {
        return pattern(1).map(fields -> fields);
    }

    private Arbitrary<Map<String, Object>> pattern(int depth) {
        Arbitrary<Object> leaf = criteria().list().ofMinSize(1).ofMaxSize(3).map(list -> list);
        Arbitrary<Map<String, Object>> fields = object(NAMES, depth == 0 ? leaf
                : Arbitraries.frequencyOf(Tuple.of(2, leaf),
                        Tuple.of(3, Arbitraries.lazy(() -> pattern(depth - 1)).map(each -> each))), 3)
                .filter(map -> !map.isEmpty());
        if (depth == 0) {
            return fields;
        }
        Arbitrary<List<Map<String, Object>>> or = Arbitraries.lazy(() -> pattern(depth - 1)).list().ofMinSize(2).ofMaxSize(3);
        return Combinators.combine(fields, or, Arbitraries.integers().between(0, 4)).as((and, alternatives, choice) -> {
            var all = new LinkedHashMap<String, Object>();
            if (choice == 0) {
                all.put("$or", alternatives);
            }
            all.putAll(and);
            if (choice == 1) {
                all.put("$or", alternatives);
            }
            return all;
        });
    }

    private static Arbitrary<Object> criteria() {
        Arbitrary<Object> operand = Arbitraries.oneOf(TEXTS.filter(text -> !text.isEmpty()).map(text -> text),
                TEXTS.filter(text -> !text.isEmpty()).list().ofMinSize(1).ofMaxSize(2).map(list -> list));
        return Arbitraries.oneOf(TEXTS.map(text -> text), Arbitraries.of(1, 2, 1.0, true, false), Arbitraries.just(null),
                Arbitraries.of(true, false).map(exists -> Map.of("exists", exists)),
                Combinators.combine(Arbitraries.of("prefix", "suffix", "equals-ignore-case", "wildcard"),
                        Arbitraries.of("x", "y", "xy", "X")).as(Map::of),
                Arbitraries.of("*", "x*", "*y", "*x*").map(wildcard -> Map.of("wildcard", wildcard)),
                Arbitraries.of("x", "Y").map(text -> Map.of("prefix", Map.of("equals-ignore-case", text))),
                Arbitraries.of("10.0.0.0/24", "::/1").map(cidr -> Map.of("cidr", cidr)),
                operand.map(value -> Map.of("anything-but", value)), Arbitraries.of(1, 2).map(number -> Map.of("anything-but", number)),
                Combinators.combine(Arbitraries.of("prefix", "suffix", "equals-ignore-case", "wildcard"), operand)
                        .as((operator, value) -> Map.of("anything-but", Map.of(operator, value))));
    }

    private static Arbitrary<Map<String, Object>> object(Arbitrary<String> names, Arbitrary<Object> values, int max) {
        return names.set().ofMinSize(1).ofMaxSize(max).flatMap(chosen -> values.list().ofSize(chosen.size()).map(list -> {
            var fields = new LinkedHashMap<String, Object>();
            int i = 0;
            for (String name : chosen) {
                fields.put(name, list.get(i++));
            }
            return fields;
        }));
    }
}
