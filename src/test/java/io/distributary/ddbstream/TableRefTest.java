package io.distributary.ddbstream;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TableRefTest {
    private static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";

    @Test
    void namesAndStreamArnsMayBeMixed() {
        assertEquals(List.of(new TableRef("customers", null), new TableRef("orders", ARN)), TableRef.parse("customers, " + ARN));
        assertEquals(List.of(new TableRef("a_b-c.d", null)), TableRef.parse("a_b-c.d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders,", ",orders", "or ders", "arn:aws:dynamodb:eu-west-1:1:table/orders", "arn:aws:sns:eu-west-1:1:orders"})
    void whatIsNeitherIsRefusedWithTheFormOfBoth(String names) {
        String message = assertThrows(IllegalArgumentException.class, () -> TableRef.parse(names)).getMessage();
        assertTrue(message.contains("is neither a table's name nor the ARN of a stream"), message);
    }

    @Test
    void aTableNamedTwiceIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TableRef.parse("orders," + ARN)).getMessage()
                .endsWith("names the table orders twice"));
    }
}
