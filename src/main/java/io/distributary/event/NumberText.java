package io.distributary.event;

import java.math.BigDecimal;

/**
 * DynamoDB's numbers as texts. DynamoDB holds up to 38 significant digits, zero, and magnitudes from 1E-130 to
 * 9.99...E+125 ("Naming rules and data types", Number); nothing here goes through a double.
 */
enum NumberText {
    /** A number whose text is a JSON number already. */
    JSON,
    /** A number written as JSON does not allow: a leading plus or zeros, a bare point. */
    OTHER,
    /** Not a number that DynamoDB can hold. */
    IMPOSSIBLE;

    private static final int MAX_DIGITS = 38;
    private static final int MIN_EXPONENT = -130;
    private static final int MAX_EXPONENT = 125;
    private static final int EXPONENT_CAP = 100_000;
    private static final int SHOWN = 50;

    /** One pass, no allocation: this runs for every number of every record. */
    static NumberText of(String text) {
        int end = text.length();
        int at = 0;
        boolean json = true;
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            json = text.charAt(at) == '-';
            at++;
        }
        int integerDigits = 0;
        int seen = 0; // digits so far
        int first = -1; // place of the first non-zero digit, counted in digits
        int last = -1;
        boolean point = false;
        int start = at;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (c == '.' && !point) {
                point = true;
                integerDigits = seen;
            } else if (c >= '0' && c <= '9') {
                if (c != '0') {
                    first = first < 0 ? seen : first;
                    last = seen;
                }
                seen++;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return IMPOSSIBLE;
        }
        if (!point) {
            integerDigits = seen;
        }
        json &= integerDigits == 1 || integerDigits > 1 && text.charAt(start) != '0';
        json &= !point || seen > integerDigits;
        int exponent = 0;
        if (at < end) {
            if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
                return IMPOSSIBLE;
            }
            at++;
            boolean negative = at < end && text.charAt(at) == '-';
            if (negative || at < end && text.charAt(at) == '+') {
                at++;
            }
            if (at == end) {
                return IMPOSSIBLE;
            }
            for (; at < end; at++) {
                int digit = text.charAt(at) - '0';
                if (digit < 0 || digit > 9) {
                    return IMPOSSIBLE;
                }
                exponent = Math.min(exponent * 10 + digit, EXPONENT_CAP);
            }
            exponent = negative ? -exponent : exponent;
        }
        if (first >= 0) {
            int magnitude = integerDigits - 1 - first + exponent;
            if (last - first >= MAX_DIGITS || magnitude < MIN_EXPONENT || magnitude > MAX_EXPONENT) {
                return IMPOSSIBLE;
            }
        } else if (Math.abs(exponent) > EXPONENT_CAP / 10) {
            return IMPOSSIBLE; // zero, but with an exponent that other parsers choke on
        }
        return json ? JSON : OTHER;
    }

    /** The text itself where JSON allows it, else the same number as JSON writes it. */
    static String json(String text) {
        return switch (of(text)) {
            case JSON -> text;
            case OTHER -> new BigDecimal(text).toString();
            case IMPOSSIBLE -> throw impossible(text);
        };
    }

    static BigDecimal decimal(String text) {
        if (of(text) == IMPOSSIBLE) {
            throw impossible(text);
        }
        return new BigDecimal(text);
    }

    static BadValueException impossible(String text) {
        var shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return new BadValueException(
                "N " + BadValueException.quoted(shown) + " is not a number that DynamoDB can hold");
    }
}
