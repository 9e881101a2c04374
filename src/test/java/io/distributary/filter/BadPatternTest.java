package io.distributary.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadPatternTest {
    private static final String OPERATORS = "anything-but, cidr, equals-ignore-case, exactly, exists, numeric, prefix, suffix, wildcard";

    /** In the patterns ' stands for ", and / for a line break. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "``; 1; 1; the pattern is empty",
            "` / `; 1; 1; the pattern is empty",
            "{}; 1; 2; Empty objects are not allowed",
            "[]; 1; 1; a pattern is a JSON object",
            "{'a':['x']} x; 1; 14; Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
            "{'a':['x']} {}; 1; 13; something stands after the pattern's end",
            "{'a':['x']; 1; 11; Unexpected end-of-input: expected close marker for Object",
            "{/ 'a':{/  'b': 'x'}}; 3; 3; `\"b\" must be an object or an array`",
            "{'a':[]}; 1; 7; Empty arrays are not allowed",
            "{'a':{}}; 1; 7; Empty objects are not allowed",
            "{'a':[['x']]}; 1; 7; `Match value must be String, number, true, false, or null`",
            "{'a':['x',/{'prefixx':'y'}]}; 2; 2; unknown operator prefixx: known are OPERATORS",
            "{'a':[{}]}; 1; 7; an operator expected: one of OPERATORS",
            "{'a':[{'prefix':5}]}; 1; 7; prefix match pattern must be a string",
            "{'a':['x', {'prefix':'a', 'suffix':'b'}]}; 1; 12; Only one key allowed in match expression",
            "{'a':[{'exists':'yes'}]}; 1; 7; exists match pattern must be either true or false.",
            "{'a':[{'cidr':'10.0.0.0'}]}; 1; 7; `Malformed CIDR, one '/' required`",
            "{'a':[{'anything-but':['x', 5]}]}; 1; 7; `Inside anything but list, either all values are number or string, mixed type is not supported`",
            "{'a':[{'anything-but':[]}]}; 1; 7; `Inside anything but list, either all values are number or string, mixed type is not supported`",
            "{'a':[{'anything-but':{'numeric':['=',1]}}]}; 1; 7; Unsupported anything-but pattern: numeric",
            "{'a':[{'wildcard':'**'}]}; 1; 7; Consecutive wildcard characters at pos 1",
            "{'$or':[{'a':['x']}]}; 1; 20; There must have at least 2 Objects in $or relationship.",
            "{'$or':{'a':['x']}}; 1; 2; It must be an Array followed with $or.",
            "{'$or':[{'prefix':['x']},{'b':['y']}]}; 1; 10; prefix is Ruler reserved fieldName which cannot be used inside $or.",
            "{'a':[{'numeric':5}]}; 1; 18; `numeric takes a list, such as [\">\", 0, \"<=\", 5]`",
            "{'a':[{'numeric':[]}]}; 1; 19; `one of =, <, <=, >, >= expected in numeric`",
            "{'a':[{'numeric':['==',5]}]}; 1; 19; `one of =, <, <=, >, >= expected in numeric`",
            "{'a':[{'numeric':['>','5']}]}; 1; 23; a number expected after > in numeric",
            "{'a':[{'numeric':['<',5,'>',1]}]}; 1; 25; too many elements in numeric: only > or >= can be followed by an upper bound",
            "{'a':[{'numeric':['>',1,'=',5]}]}; 1; 25; < or <= expected for the range's upper bound",
            "{'a':[{'numeric':['>',5,'<',5.0]}]}; 1; 32; the lower bound must be less than the upper one",
            "{'a':[{'numeric':['=',5],'prefix':'x'}]}; 1; 26; only one operator in a match expression: put each in its own braces",
            "{'Filters':[]}; 1; 13; FILTERS",
            "{'Filters':[{'Pattern':{'a':['x']}}]}; 1; 24; FILTERS",
            "{'Filters':[{'Pattern':'{\\'a\\':\\'x\\'}'}]}; 1; 26; `\"a\" must be an object or an array`",
            "{'Filters':[{'Pattern':'{\\'a\\':[\\'x\\']}'},/{'Pattern':'{\\n\\'\\u0061\\':[{\\'numeric\\':1}]}'}]}; 2; 41; "
                    + "`numeric takes a list, such as [\">\", 0, \"<=\", 5]`",
    })
    void isRefusedWithItsPlaceAndReason(String pattern, int line, int column, String reason) {
        String text = pattern.replace('\'', '"').replace("10.0.0.0/", "10.0.0.0").replace('/', '\n');
        EventPatternException refused = assertThrows(EventPatternException.class, () -> EventPattern.compile(text));
        String expected = reason.replace("OPERATORS", OPERATORS).replace("FILTERS",
                "Filters takes a list of at least one {\"Pattern\": \"...\"}, each pattern a string, and nothing beside it");
        assertEquals(line + ":" + column + " " + expected, refused.line() + ":" + refused.column() + " " + refused.reason());
        assertEquals("event pattern, line " + line + ", column " + column + ": " + expected, refused.getMessage());
    }

    @Test
    void tooManyCombinationsAreRefusedBeforeTheyAreMade() {
        String or = "\"$or\":[" + IntStream.range(0, 10).mapToObj(i -> "{\"x" + i + "\":[1]}").collect(Collectors.joining(",")) + "]";
        String pattern = "{" + or + ",\"a\":{" + or + "},\n\"b\":{" + or + "}}";
        EventPatternException refused = assertThrows(EventPatternException.class, () -> EventPattern.compile(pattern));
        assertEquals("event pattern, line 2, column 1: with this the alternatives of $or make 1000 combinations, and fewer than 1000"
                + " are allowed", refused.getMessage());
    }
}
