package io.distributary.filter;

import io.distributary.event.RecordFields.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MatchType;
import software.amazon.event.ruler.Patterns;

/**
 * What the values at one path have to match: one of a list. event-ruler judges a single value; numbers are compared here,
 * and absence is no value's property.
 */
final class Criterion {
    private static final String VALUE = "value";

    private final int path;
    private final List<NumericRange> numeric = new ArrayList<>();
    private final boolean absent;
    /** Null where all is numeric or absence. */
    private final Machine ruler;

    Criterion(int path, List<Patterns> patterns, LiftedPattern pattern) {
        this.path = path;
        List<Patterns> others = new ArrayList<>();
        boolean absence = false;
        for (Patterns each : patterns) {
            NumericRange range = pattern.lifted(each);
            if (range != null) {
                numeric.add(range);
            } else if (each.type() == MatchType.ABSENT) {
                absence = true;
            } else {
                others.add(each);
            }
        }
        absent = absence;
        ruler = others.isEmpty() ? null : new Machine();
        if (ruler != null) {
            ruler.addPatternRule(VALUE, Map.of(VALUE, others));
        }
    }

    int path() {
        return path;
    }

    /** Whether having no value is a match. */
    boolean absent() {
        return absent;
    }

    boolean accepts(String text, Kind kind) {
        if (!numeric.isEmpty() && (kind == Kind.NUMBER || kind == Kind.NUMBER_TEXT)) {
            BigDecimal number = number(text);
            for (NumericRange range : numeric) {
                if (number != null && range.contains(number)) {
                    return true;
                }
            }
        }
        // event-ruler tells a string from other values by its quotes
        return ruler != null && !ruler.rulesForEvent(new String[] {VALUE,
                kind == Kind.TEXT || kind == Kind.NUMBER_TEXT ? '"' + text + '"' : text}).isEmpty();
    }

    /** Null where the text of an N is none: no number matches, and conversions refuse the record. */
    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
