package io.distributary.opensearch;

import static io.distributary.opensearch.ItemChanges.n;
import static io.distributary.opensearch.ItemChanges.s;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;

import io.distributary.event.ChangeEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class NameTemplateTest {
    private static final ChangeEvent EVENT = ItemChanges.put("ORDER#1", 7,
            Map.of("tenant", s("acme"), "year", n("2026"), "flag", AttributeValue.fromBool(true)));

    @ParameterizedTest
    @CsvSource({
        "orders,                              orders,           orders",
        "{table},                             Orders,           *",
        "log-{date:yyyy.MM},                  log-2026.11,      log-*",
        "{table}-{attribute:tenant}-{date:yyyy}, Orders-acme-2026, *-*-*",
        "{attribute:year},                    2026,             *",
        "{attribute:sk},                      x,                *"
    })
    void aNameIsMadeOfTheChange(String template, String name, String pattern) {
        NameTemplate parsed = NameTemplate.parse(template);
        assertEquals(name, parsed.of(EVENT, EVENT.newImage()));
        assertEquals(pattern, parsed.pattern());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{tabel}        | {tabel} is none of {table}, {date:PATTERN}, {attribute:NAME}",
        "{attribute:}   | {attribute:} is none of {table}, {date:PATTERN}, {attribute:NAME}",
        "orders-{table  | a brace has no partner",
        "orders}        | a brace has no partner",
        "{date:bb}      | Unknown pattern letter: b"
    })
    void aTemplateThatCannotBeMeantIsRefused(String template, String reason) {
        assertEquals(reason, assertThrows(IllegalArgumentException.class, () -> NameTemplate.parse(template)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"none", "flag"})
    void anAttributeThatIsMissingOrNoTextIsAFailure(String attribute) {
        NameTemplate template = NameTemplate.parse("a-{attribute:" + attribute + "}");
        assertEquals("{attribute:" + attribute + "}: the item has no such string or number",
                assertThrows(IllegalArgumentException.class, () -> template.of(EVENT, EVENT.newImage())).getMessage());
    }

    @Test
    void aKeyIsKnownWithoutAnImage() {
        assertEquals("ORDER#1", NameTemplate.parse("{attribute:pk}").of(EVENT, Map.of()));
    }
}
