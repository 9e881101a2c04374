package io.distributary.ddbstream;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.distributary.event.ChangeEvent;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A target that remembers what reached it: per item the values of {@code n}, in the order of arrival. */
final class Deliveries implements Processor {
    private final Map<String, List<Integer>> byItem = new TreeMap<>();
    private int total;

    @Override
    public void process(Exchange exchange) {
        ChangeEvent event = exchange.getMessage().getBody(ChangeEvent.class);
        int n = Integer.parseInt(event.newImage().get("n").n());
        synchronized (this) {
            byItem.computeIfAbsent(event.keys().get("pk").s(), item -> new ArrayList<>()).add(n);
            total++;
        }
    }

    synchronized int total() {
        return total;
    }

    /** Different values of n, summed over the items. */
    synchronized int different() {
        return byItem.values().stream().mapToInt(values -> new LinkedHashSet<>(values).size()).sum();
    }

    /** A copy: per item the values in the order of arrival. */
    synchronized Map<String, List<Integer>> byItem() {
        Map<String, List<Integer>> copy = new TreeMap<>();
        byItem.forEach((item, values) -> copy.put(item, List.copyOf(values)));
        return copy;
    }

    /** Nothing missing, and in order once the repeats are taken out. */
    synchronized void assertAllInOrder(int items, int changesPerItem) {
        List<Integer> expected = IntStream.rangeClosed(1, changesPerItem).boxed().toList();
        assertEquals(items, byItem.size(), "items");
        byItem.forEach((item, values) -> assertEquals(expected, new ArrayList<>(new LinkedHashSet<>(values)), item));
    }
}
