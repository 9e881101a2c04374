package io.distributary.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/** Reads {@code "numeric": [...]} by the rules of event-ruler's compiler, but without its limit to doubles. */
final class NumericExpression {
    private final PatternText source;
    private final JsonParser in;

    private NumericExpression(PatternText source, JsonParser in) {
        this.source = source;
        this.in = in;
    }

    /** @param in at the name; afterwards at the end of the object around it */
    static NumericRange read(PatternText source, JsonParser in) throws IOException {
        return new NumericExpression(source, in).range();
    }

    private NumericRange range() throws IOException {
        if (in.nextToken() != JsonToken.START_ARRAY) {
            throw wrong("numeric takes a list, such as [\">\", 0, \"<=\", 5]");
        }
        String operator = operator();
        BigDecimal number = number(operator);
        NumericRange range = switch (operator) {
            case "=" -> new NumericRange(number, true, number, true);
            case "<" -> new NumericRange(null, false, number, false);
            case "<=" -> new NumericRange(null, false, number, true);
            case ">" -> from(number, false);
            case ">=" -> from(number, true);
            default -> throw wrong("unreachable");
        };
        if (in.currentToken() != JsonToken.END_ARRAY) {
            throw wrong("too many elements in numeric: only > or >= can be followed by an upper bound");
        }
        if (in.nextToken() != JsonToken.END_OBJECT) {
            throw wrong("only one operator in a match expression: put each in its own braces");
        }
        return range;
    }

    private NumericRange from(BigDecimal low, boolean included) throws IOException {
        if (in.currentToken() == JsonToken.END_ARRAY) {
            return new NumericRange(low, included, null, false);
        }
        if (in.currentToken() != JsonToken.VALUE_STRING || !in.getText().matches("<=?")) {
            throw wrong("< or <= expected for the range's upper bound");
        }
        String operator = in.getText();
        BigDecimal high = number(operator);
        if (low.compareTo(high) >= 0) {
            throw wrong("the lower bound must be less than the upper one");
        }
        return new NumericRange(low, included, high, operator.equals("<="));
    }

    private String operator() throws IOException {
        if (in.nextToken() != JsonToken.VALUE_STRING || !in.getText().matches("=|[<>]=?")) {
            throw wrong("one of =, <, <=, >, >= expected in numeric");
        }
        return in.getText();
    }

    /** Reads the number, and steps to the token after it. */
    private BigDecimal number(String operator) throws IOException {
        JsonToken token = in.nextToken();
        if (token == null || !token.isNumeric()) {
            throw wrong("a number expected after " + operator + " in numeric");
        }
        BigDecimal number = new BigDecimal(in.getText());
        in.nextToken();
        return number;
    }

    private EventPatternException wrong(String reason) {
        return source.wrong((int) in.currentTokenLocation().getCharOffset(), reason);
    }
}
