package io.distributary.filter;

import java.math.BigDecimal;

/** Numbers between two bounds, of which each may be absent; compared with every digit. */
record NumericRange(BigDecimal low, boolean lowIncluded, BigDecimal high, boolean highIncluded) {

    boolean contains(BigDecimal number) {
        return (low == null || inside(number.compareTo(low), lowIncluded))
                && (high == null || inside(high.compareTo(number), highIncluded));
    }

    private static boolean inside(int comparison, boolean included) {
        return comparison > 0 || comparison == 0 && included;
    }
}
