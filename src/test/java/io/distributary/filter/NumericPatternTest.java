package io.distributary.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pattern makes of numbers, where it differs from the services and where it does not. */
class NumericPatternTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            // attribute; pattern on it; matches
            "{'N':'5'}; {'N':[{'numeric':['=',5]}]}; true",
            "{'N':'5'}; {'N':[{'numeric':['=',5.0]}]}; true",
            "{'N':'5'}; {'N':[{'numeric':['=',50e-1]}]}; true",
            "{'N':'12345678901234567890123456789012345678'}; {'N':[{'numeric':['>',12345678901234567890123456789012345677]}]}; true",
            "{'N':'12345678901234567890123456789012345678'}; {'N':[{'numeric':['=',12345678901234567890123456789012345679]}]}; false",
            "{'N':'9007199254740993'}; {'N':[{'numeric':['=',9007199254740992]}]}; false",
            "{'N':'1E125'}; {'N':[{'numeric':['<',1.1e125]}]}; true",
            "{'N':'-0.00000000000000000000000000000000000001'}; {'N':[{'numeric':['<',0]}]}; true",
            "{'N':'no number'}; {'N':[{'numeric':['<',0]},{'numeric':['>=',0]}]}; false",
            "{'N':'7'}; {'N':[{'numeric':['<',0]},{'numeric':['>',5,'<',10]}]}; true",
            "{'N':'7'}; {'N':[{'numeric':['<',0]},'7']}; true",
            "{'N':'7.0'}; {'N':['7']}; false",
            "{'N':'7'}; {'N':[{'numeric':['<',0]},{'anything-but':['8']}]}; true",
            "{'N':'7'}; {'N':[{'numeric':['<',0]},{'anything-but':['7']}]}; false",
            "{'N':'7'}; {'N':[{'numeric':['<',0]},{'exists':false}]}; false",
            "{'S':'7'}; {'N':[{'numeric':['<',0]},{'exists':false}]}; true",
            "{'N':'7'}; {'N':[7]}; false",
            "{'N':'7'}; {'N':[{'anything-but':7}]}; true",
            "{'S':'7'}; {'S':[{'numeric':['=',7]}]}; false",
            "{'B':'7777'}; {'B':[{'numeric':['=',7777]}]}; false",
            "{'NS':['1','7']}; {'NS':[{'numeric':['=',7]}]}; true",
            "{'NS':['1','7']}; {'NS':[{'numeric':['>',7]}]}; false",
            "{'SS':['1','7']}; {'SS':[{'numeric':['=',7]}]}; false",
            "{'M':{'N':{'N':'7'}}}; {'M':{'N':{'N':[{'numeric':['=',7]}]}}}; true",
            "{'M':{'N':{'S':'7'}}}; {'M':{'N':{'S':[{'numeric':['=',7]}]}}}; false",
            "{'L':[{'N':'1'},{'N':'7'}]}; {'L':{'N':[{'numeric':['>',5]}]}}; true",
            // one element has to meet all
            "{'L':[{'M':{'n':{'N':'7'},'s':{'S':'x'}}},{'M':{'n':{'N':'1'},'s':{'S':'y'}}}]}; {'L':{'M':{'n':{'N':[{'numeric':['>',5]}]},'s':{'S':['y']}}}}; false",
            "{'L':[{'M':{'n':{'N':'7'},'s':{'S':'x'}}},{'M':{'n':{'N':'8'},'s':{'S':'y'}}}]}; {'L':{'M':{'n':{'N':[{'numeric':['>',5]}]},'s':{'S':['y']}}}}; true",
            "{'N':'7'}; {'$or':[{'N':[{'numeric':['<',5]}]},{'N':[{'numeric':['>',6]}]}]}; true",
            "{'N':'5.5'}; {'$or':[{'N':[{'numeric':['<',5]}]},{'N':[{'numeric':['>',6]}]}]}; false",
            "{'S':'a*c'}; {'S':[{'wildcard':'a\\\\*c'}]}; true",
            "{'S':'abc'}; {'S':[{'wildcard':'a\\\\*c'}]}; false",
    })
    void numbersAreComparedExactlyAndOnlyByNumeric(String attribute, String pattern, boolean matches) {
        String record = "{'dynamodb':{'NewImage':{'a':" + attribute + "}}}";
        assertEquals(matches, EventPattern.compile(("{'dynamodb':{'NewImage':{'a':" + pattern + "}}}").replace('\'', '"'))
                .matches(record.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
}
