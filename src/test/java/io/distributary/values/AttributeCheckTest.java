package io.distributary.values;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class AttributeCheckTest {
    private static final Map<String, AttributeValue> ITEM = Map.ofEntries(
            entry("s", AttributeValue.fromS("x")), entry("n", AttributeValue.fromN("1")), entry("two words", AttributeValue.fromS("w")),
            entry("b", AttributeValue.fromB(SdkBytes.fromUtf8String("x"))), entry("t", AttributeValue.fromBool(true)),
            entry("z", AttributeValue.fromNul(true)), entry("ss", AttributeValue.fromSs(List.of("a"))),
            entry("ns", AttributeValue.fromNs(List.of("1"))), entry("bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x")))),
            entry("m", AttributeValue.fromM(Map.of("c", AttributeValue.fromS("y")))),
            entry("l", AttributeValue.fromL(List.of(AttributeValue.fromN("1"), AttributeValue.fromS("2")))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "s S, n N, b B, t BOOL, z NULL, ss SS, ns NS, bs BS, m M, l L | ''",
        "s, m.c S, l[1] S       | ''",
        "s n                    | s is of type S, not N",
        "z S                    | z is of type NULL, not S",
        "absent                 | absent is missing",
        "absent? N              | ''",
        "\"two words\" S, \"o.dd\" | \"o.dd\" is missing",
        "s? N                   | s is of type S, not N",
        "m.d S                  | m.d is missing",
        "l[*] N                 | l[1] is of type S, not N",
        "absent N, n S, s S     | absent is missing; n is of type N, not S"})
    void namesAllThatIsWrong(String attributes, String problems) {
        assertEquals(problems, String.join("; ", check(attributes).problems(ITEM)));
    }

    @Test
    void withoutANewImageTheViewTypeIsToBlame() {
        assertTrue(check("s").problems(null).get(0).contains("NEW_IMAGE"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | empty", "a,,b | empty", "a S x | last word", "a Q | last word", "a..b S | character 3",
        "? S | empty"})
    void whatIsNoListOfAttributesIsRefused(String attributes, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> check(attributes)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    private static AttributeCheck check(String attributes) {
        AttributeCheck check = new AttributeCheck();
        check.setAttributes(attributes);
        return check;
    }
}
