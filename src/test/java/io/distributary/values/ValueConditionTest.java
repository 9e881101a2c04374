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

class ValueConditionTest {
    /** A dash for no value; digits are an N, true and false a BOOL, null a NULL, anything else an S. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
        "CHANGED,,1,2,true", "CHANGED,,1,1,false", "CHANGED,,1,1.0,false", "CHANGED,,-,1,true", "CHANGED,,1,-,true",
        "CHANGED,,-,-,false", "CHANGED,,'1',1,true", "CHANGED,,a,b,true", "CHANGED,,a,a,false", "CHANGED,,null,null,false",
        "CHANGED,,null,-,true", "CHANGED,,1,null,true",
        "CHANGED,,12345678901234567890123456789012345678,12345678901234567890123456789012345679,true",
        "APPEARED,,-,1,true", "APPEARED,,1,2,false", "APPEARED,,1,-,false", "APPEARED,,-,null,true",
        "DISAPPEARED,,1,-,true", "DISAPPEARED,,-,1,false", "DISAPPEARED,,1,1,false",
        "ABOVE,80,79,81,true", "ABOVE,80,81,82,true", "ABOVE,80,82,81,true", "ABOVE,80,81,81,false", "ABOVE,80,79,80,false",
        "ABOVE,80,81,79,false", "ABOVE,80,-,81,true", "ABOVE,80,81,-,false", "ABOVE,80,79,'81',false",
        "ABOVE,80,79,80.0000000000000000000000000000000000001,true",
        "BELOW,80,81,79,true", "BELOW,80,79,78,true", "BELOW,80,79,79,false", "BELOW,80,81,80,false", "BELOW,80,-,79,true",
        "BELOW,80,79,-,false", "BELOW,-1e2,0,-100.5,true",
        "ROSE_ABOVE,80,79,81,true", "ROSE_ABOVE,80,80,80.1,true", "ROSE_ABOVE,80,81,82,false", "ROSE_ABOVE,80,-,81,true",
        "ROSE_ABOVE,80,'a',81,true", "ROSE_ABOVE,80,79,80,false", "ROSE_ABOVE,80,81,-,false",
        "FELL_BELOW,80,81,79,true", "FELL_BELOW,80,79,78,false", "FELL_BELOW,80,-,79,true", "FELL_BELOW,80,81,80,false",
        "BECAME,on,off,on,true", "BECAME,on,on,on,false", "BECAME,on,-,on,true", "BECAME,on,on,off,false", "BECAME,on,off,-,false",
        "BECAME,true,false,true,true", "BECAME,true,'true',true,false", "BECAME,7,6,7.0,true", "BECAME,7,7,7.00,false",
        "BECAME,7,'7',7,false", "BECAME,on,1,null,false", "BECAME,x,1,2,false",
        "CHANGED_BY,0.5,20,20.5,true", "CHANGED_BY,0.5,20.5,20,true", "CHANGED_BY,0.5,20,20.49,false", "CHANGED_BY,0.5,-,20,false",
        "CHANGED_BY,0.5,20,-,false", "CHANGED_BY,0.5,'20',30,false", "CHANGED_BY,0.1,0.2,0.3,true",
        "CHANGED_BY,1,12345678901234567890123456789012345678,12345678901234567890123456789012345679,true"})
    void isMetOrNot(Condition condition, String operand, String before, String after, boolean met) {
        assertEquals(met, ValueCondition.of(condition, operand).isMet(value(before), value(after)));
    }

    @Test
    void mapsListsAndSetsAreComparedByWhatIsInThem() {
        ValueCondition changed = ValueCondition.of(Condition.CHANGED, null);
        AttributeValue map = AttributeValue.fromM(Map.of("a", AttributeValue.fromSs(List.of("x", "y"))));
        assertEquals(false, changed.isMet(map, AttributeValue.fromM(Map.of("a", AttributeValue.fromSs(List.of("y", "x"))))));
        assertEquals(true, changed.isMet(map, AttributeValue.fromM(Map.of("a", AttributeValue.fromSs(List.of("y"))))));
        assertEquals(true, changed.isMet(AttributeValue.fromL(List.of(value("1"), value("2"))),
                AttributeValue.fromL(List.of(value("2"), value("1")))));
    }

    @ParameterizedTest
    @CsvSource({"ABOVE,,needs a value", "BECAME,,needs a value", "CHANGED,1,takes no value", "APPEARED,1,takes no value",
        "ABOVE,hot,hot", "CHANGED_BY,0,above 0", "CHANGED_BY,-1,above 0"})
    void operandsThatDoNotFitAreRefused(Condition condition, String operand, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> ValueCondition.of(condition, operand)).getMessage();
        assertTrue(message.contains(reason), message);
        assertTrue(message.contains(condition.name()), message);
    }

    private static AttributeValue value(String text) {
        if (text.equals("-")) {
            return null;
        }
        if (text.equals("null")) {
            return AttributeValue.fromNul(true);
        }
        if (text.equals("true") || text.equals("false")) {
            return AttributeValue.fromBool(Boolean.valueOf(text));
        }
        return text.matches("-?[\\d.]+") ? AttributeValue.fromN(text) : AttributeValue.fromS(text.replace("'", ""));
    }
}
