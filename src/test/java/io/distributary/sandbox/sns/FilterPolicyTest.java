package io.distributary.sandbox.sns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterPolicyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["INSERT"]                               | String       | INSERT           | true
            ["INSERT"]                               | String       | insert           | false
            ["MODIFY", "INSERT"]                     | String       | INSERT           | true
            [{"prefix": "IN"}]                       | String       | INSERT           | true
            [{"prefix": "in"}]                       | String       | INSERT           | false
            [{"suffix": "SERT"}]                     | String       | INSERT           | true
            [{"suffix": "INS"}]                      | String       | INSERT           | false
            [{"equals-ignore-case": "insert"}]       | String       | INSERT           | true
            [{"equals-ignore-case": "inser"}]        | String       | INSERT           | false
            [{"anything-but": ["REMOVE"]}]           | String       | INSERT           | true
            [{"anything-but": ["REMOVE"]}]           | String       | REMOVE           | false
            [{"anything-but": "REMOVE"}]             | String       | REMOVE           | false
            [{"anything-but": {"prefix": "RE"}}]     | String       | REMOVE           | false
            [{"anything-but": {"suffix": "VE"}}]     | String       | INSERT           | true
            [{"anything-but": 3}]                    | Number       | 3.0              | false
            [{"exists": true}]                       | String       | INSERT           | true
            [{"exists": false}]                      | String       | INSERT           | false
            [100]                                    | Number       | 100.00           | true
            ["100"]                                  | Number       | 100              | false
            [100]                                    | String       | 100              | false
            [{"numeric": ["=", 12.5]}]               | Number       | 12.50            | true
            [{"numeric": [">", 0, "<=", 150]}]       | Number       | 150              | true
            [{"numeric": [">", 0, "<=", 150]}]       | Number       | 150.01           | false
            [{"numeric": [">=", 0, "<", 150]}]       | Number       | 0                | true
            [{"numeric": ["<", 0]}]                  | String       | -1               | false
            ["b"]                                    | String.Array | ["a", "b"]       | true
            ["c"]                                    | String.Array | ["a", "b"]       | false
            [true]                                   | String.Array | [true]           | true
            [{"anything-but": ["a"]}]                | String.Array | ["a", "b"]       | false
            ["x"]                                    | Binary       | eA==             | false
            """)
    void matchesAnAttributeAsSnsDoes(String conditions, String type, String value, boolean expected) {
        var policy = FilterPolicy.parse("{\"event\": " + conditions + "}");
        assertEquals(expected, policy.matches(Map.of("event", new MessageAttribute(type, value))));
    }

    @Test
    void everyNamedAttributeMustMatch() {
        var policy = FilterPolicy.parse("{\"event\": [\"INSERT\"], \"table\": [\"orders\"]}");
        var insert = new MessageAttribute("String", "INSERT");

        assertEquals(false, policy.matches(Map.of("event", insert)));
        assertEquals(true, policy.matches(Map.of("event", insert, "table", new MessageAttribute("String", "orders"))));
    }

    @Test
    void existsFalseMatchesAMissingAttribute() {
        assertTrue(FilterPolicy.parse("{\"event\": [{\"exists\": false}]}").matches(Map.of()));
    }

    @Test
    void anEmptyPolicyMatchesEverything() {
        assertTrue(FilterPolicy.parse("").matches(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[]", "{\"a\": \"b\"}", "{\"a\": []}", "{\"a\": [{\"prefix\": 1}]}",
        "{\"a\": [{\"cidr\": \"10.0.0.0/8\"}]}", "{\"a\": [{\"numeric\": [\"~\", 1]}]}",
        "{\"a\": [{\"numeric\": [\"=\"]}]}",
        "{\"a\": [{\"prefix\": \"x\", \"suffix\": \"y\"}]}"})
    void aPolicyItCannotHonourIsRefused(String policy) {
        assertEquals("InvalidParameter", assertThrows(SnsError.class, () -> FilterPolicy.parse(policy)).code());
    }
}
