package io.distributary.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** So many items, segment by segment; fails and filters as it is told. Thread-safe. */
final class FakeTable implements ItemPages {
    /** What each item costs. */
    static final double UNITS = 0.5;

    private final int segments;
    private final int items;
    private final BiPredicate<Integer, Integer> wanted;
    private final List<String> calls = new ArrayList<>();
    private int failures;
    private RuntimeException refusal;

    /** @param wanted by segment and number of the item in it */
    FakeTable(int segments, int items, BiPredicate<Integer, Integer> wanted) {
        this.segments = segments;
        this.items = items;
        this.wanted = wanted;
    }

    synchronized void failNext(int times) {
        failures = times;
    }

    synchronized void refuse(RuntimeException with) {
        refusal = with;
    }

    static Map<String, AttributeValue> key(int segment, int number) {
        return Map.of("pk", AttributeValue.fromS(segment + "-" + number));
    }

    @Override
    public synchronized Page read(int segment, Map<String, AttributeValue> after, int limit) {
        if (refusal != null) {
            throw refusal;
        }
        if (failures > 0) {
            failures--;
            throw new TemporaryFailure("ProvisionedThroughputExceededException: slow down", null);
        }
        int from = after == null ? 0 : Integer.parseInt(after.get("pk").s().replaceFirst(".*-", "")) + 1;
        calls.add(segment + ":" + from + "+" + limit);
        List<Map<String, AttributeValue>> page = new ArrayList<>();
        int to = Math.min(size(segment), from + limit);
        for (int i = from; i < to; i++) {
            if (wanted.test(segment, i)) {
                page.add(key(segment, i));
            }
        }
        return new Page(page, to - from, (to - from) * UNITS, to < size(segment) ? key(segment, to - 1) : null);
    }

    /** Spread unevenly, as hashes are; the last is empty. */
    private int size(int segment) {
        return segment == segments - 1 && segments > 1 ? 0 : items / segments + segment;
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    int size() {
        int all = 0;
        for (int segment = 0; segment < segments; segment++) {
            all += size(segment);
        }
        return all;
    }
}
