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

    private CanonicalOrder() {
    }

    @SuppressWarnings("unchecked")
    static <V> Map.Entry<String, V>[] attributes(Map<String, V> map) {
        Map.Entry<String, V>[] entries = map.entrySet().toArray(new Map.Entry[0]);
        if (entries.length > 1) {
            Arrays.sort(entries, (a, b) -> compareCodePoints(a.getKey(), b.getKey()));
        }
        return entries;
    }

    static List<String> strings(Collection<String> set) {
        var sorted = new ArrayList<>(set);
        sorted.sort(CODE_POINTS);
        return sorted;
    }

    /** By value, then by text (1 and 1.0). Impossible numbers, which have no value, come last, by text. */
    static List<String> numbers(Collection<String> set) {
        if (set.size() < 2) {
            return List.copyOf(set);
        }
        record Entry(BigDecimal value, String text) {
        }
        return set.stream()
                .map(text -> new Entry(
                        NumberText.of(text) == NumberText.IMPOSSIBLE ? null : new BigDecimal(text), text))
                .sorted(Comparator.comparing(Entry::value, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(Entry::text))
                .map(Entry::text)
                .toList();
    }

    static List<SdkBytes> binaries(Collection<SdkBytes> set) {
        var sorted = new ArrayList<>(set);
        sorted.sort((a, b) -> Arrays.compareUnsigned(a.asByteArrayUnsafe(), b.asByteArrayUnsafe()));
        return sorted;
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
