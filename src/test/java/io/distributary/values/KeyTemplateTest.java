package io.distributary.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTemplateTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "DS#{device},DS#d-1,{device=d-1}", "DS#{device},DS#,-", "DS#{device},DSR#d-1,-", "DS#{device},xDS#d-1,-", "DS#{device},-,-",
        "DS#{device},DS#a#b,{device=a#b}", "{device},d-1,{device=d-1}", "{a}#{b},1#2#3,'{a=1, b=2#3}'", "{a}#{b},1#,-",
        "{a}.end,x.end,{a=x}", "{a}.end,x.end.end,{a=x.end}", "METADATA,METADATA,{}", "METADATA,METADATAx,-", "a.c,abc,-", "'','',{}"})
    void tellsWhatStandsInAKey(String template, String key, String found) {
        assertEquals(found, String.valueOf(KeyTemplate.parse(template).match(key)).replaceFirst("^null$", "-").transform(
                text -> text.equals("-") ? null : text));
    }

    @Test
    void aKeyOfSeveralLinesIsMatchedWhole() {
        assertEquals("{a=x\ny}", String.valueOf(KeyTemplate.parse("DS#{a}").match("DS#x\ny")));
    }

    @ParameterizedTest
    @CsvSource({"DS#{device,brace", "DS#device},brace", "DS#{},brace", "DS#{a b},brace", "{a}{b},between", "{a}#{a},twice"})
    void whatIsNoTemplateIsRefused(String template, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> KeyTemplate.parse(template)).getMessage();
        assertTrue(message.contains(reason) && message.contains(template), message);
    }
}
