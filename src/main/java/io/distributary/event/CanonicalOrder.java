package io.distributary.event;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.core.SdkBytes;

/** The one order of attributes and set members, so that equal items give equal bytes. */
final class CanonicalOrder {
    /** By code point, which is the order of the UTF-8 bytes; String's own order differs beyond the BMP. */
    static final Comparator<String> CODE_POINTS = CanonicalOrder::compareCodePoints;

    private static final String[] NO_STRINGS = {};
    /** Names of an item are few and short: up to here a plain insertion sort is faster than the library's. */
    private static final int INSERTION_MAX = 24;

    private CanonicalOrder() {
    }

    /** The names, in order. */
    static String[] names(Map<String, ?> map) {
        return sorted(map.keySet());
    }

    static List<String> strings(Collection<String> set) {
        return Arrays.asList(sorted(set));
    }

    /** By value, then by text (1 and 1.0). Impossible numbers, which have no value, come last, by text. */
    static List<String> numbers(Collection<String> set) {
        var texts = set.toArray(NO_STRINGS);
        if (texts.length < 2) {
            return Arrays.asList(texts);
        }
        var numbers = new Number[texts.length];
        for (int i = 0; i < texts.length; i++) {
            numbers[i] = Number.of(texts[i]);
        }
        Arrays.sort(numbers);
        for (int i = 0; i < texts.length; i++) {
            texts[i] = numbers[i].text;
        }
        return Arrays.asList(texts);
    }

    static List<SdkBytes> binaries(Collection<SdkBytes> set) {
        var sorted = new ArrayList<>(set);
        sorted.sort((a, b) -> Arrays.compareUnsigned(a.asByteArrayUnsafe(), b.asByteArrayUnsafe()));
        return sorted;
    }

    private static String[] sorted(Collection<String> texts) {
        var sorted = texts.toArray(NO_STRINGS);
        if (sorted.length > INSERTION_MAX) {
            Arrays.sort(sorted, CODE_POINTS);
            return sorted;
        }
        for (int i = 1; i < sorted.length; i++) {
            String text = sorted[i];
            int to = i;
            for (; to > 0 && compareCodePoints(sorted[to - 1], text) > 0; to--) {
                sorted[to] = sorted[to - 1];
            }
            sorted[to] = text;
        }
        return sorted;
    }

    /** @param value null where the text is no number */
    private record Number(BigDecimal value, String text) implements Comparable<Number> {
        static Number of(String text) {
            return new Number(NumberText.of(text) == NumberText.IMPOSSIBLE ? null : new BigDecimal(text), text);
        }

        @Override
        public int compareTo(Number other) {
            int order = value == null || other.value == null
                    ? Boolean.compare(value == null, other.value == null) : value.compareTo(other.value);
            return order != 0 ? order : text.compareTo(other.text);
        }
    }

    private static int compareCodePoints(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // surrogates stand for code points above every other char
                return Character.isSurrogate(x) == Character.isSurrogate(y) ? x - y : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }
}
