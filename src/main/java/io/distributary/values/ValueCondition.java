package io.distributary.values;

import java.math.BigDecimal;

import io.distributary.event.AttributeEquality;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A {@link Condition} with its operand: a pure function of the value before and after. Numbers are compared with every digit. */
final class ValueCondition {
    private final Condition condition;
    private final String text;
    /** Of the operand, where it is one. */
    private final BigDecimal number;

    private ValueCondition(Condition condition, String text, BigDecimal number) {
        this.condition = condition;
        this.text = text;
        this.number = number;
    }

    /** @throws IllegalArgumentException where the condition and the operand, which may be null, do not go together */
    static ValueCondition of(Condition condition, String operand) {
        String text = operand == null || operand.isEmpty() ? null : operand;
        if (condition.hasOperand() != (text != null)) {
            throw new IllegalArgumentException("the condition " + condition + (text == null ? " needs a value to compare with"
                    : " takes no value, but has '" + text + "'"));
        }
        BigDecimal number = number(text);
        if (condition.hasNumber() && number == null) {
            throw new IllegalArgumentException("the condition " + condition + " compares with a number, and '" + text + "' is none");
        }
        if (condition == Condition.CHANGED_BY && number.signum() <= 0) {
            throw new IllegalArgumentException("the condition CHANGED_BY needs a number above 0, but has '" + text + "'");
        }
        return new ValueCondition(condition, text, number);
    }

    /** @param before null where there was none, {@code after} where there is none */
    boolean isMet(AttributeValue before, AttributeValue after) {
        return switch (condition) {
            case CHANGED -> changed(before, after);
            case APPEARED -> before == null && after != null;
            case DISAPPEARED -> before != null && after == null;
            case ABOVE -> isAbove(after) && changed(before, after);
            case BELOW -> isBelow(after) && changed(before, after);
            case ROSE_ABOVE -> isAbove(after) && !isAbove(before);
            case FELL_BELOW -> isBelow(after) && !isBelow(before);
            case BECAME -> isOperand(after) && !isOperand(before);
            case CHANGED_BY -> isFarFrom(before, after);
        };
    }

    private static boolean changed(AttributeValue before, AttributeValue after) {
        BigDecimal from = number(before);
        BigDecimal to = number(after);
        return from != null && to != null ? from.compareTo(to) != 0 : !AttributeEquality.same(before, after);
    }

    private boolean isAbove(AttributeValue value) {
        BigDecimal of = number(value);
        return of != null && of.compareTo(number) > 0;
    }

    private boolean isBelow(AttributeValue value) {
        BigDecimal of = number(value);
        return of != null && of.compareTo(number) < 0;
    }

    private boolean isOperand(AttributeValue value) {
        if (value == null || value.type() == null) {
            return false;
        }
        return switch (value.type()) {
            case S -> value.s().equals(text);
            case BOOL -> value.bool().toString().equals(text);
            case N -> number != null && number(value) != null && number(value).compareTo(number) == 0;
            default -> false;
        };
    }

    private boolean isFarFrom(AttributeValue before, AttributeValue after) {
        BigDecimal from = number(before);
        BigDecimal to = number(after);
        return from != null && to != null && to.subtract(from).abs().compareTo(number) >= 0;
    }

    /** Null where it is no N. */
    private static BigDecimal number(AttributeValue value) {
        return value == null ? null : number(value.n());
    }

    private static BigDecimal number(String digits) {
        try {
            return digits == null ? null : new BigDecimal(digits);
        } catch (NumberFormatException e) {
            return null; // DynamoDB has no such N; an operand need not be one
        }
    }

    @Override
    public String toString() {
        return text == null ? condition.name() : condition + " " + text;
    }
}
