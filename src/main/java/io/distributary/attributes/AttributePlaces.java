package io.distributary.attributes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.distributary.event.AttributeEquality;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What stands in the places of an item that paths lead to. Pure. */
public final class AttributePlaces {
    private final List<AttributePath> paths;

    /**
     * @param option names the option in the message
     * @param text   the paths, as {@link AttributePath} reads them, separated by commas
     * @throws IllegalArgumentException without a path, or with one that cannot be read
     */
    public AttributePlaces(String option, String text) {
        paths = AttributePath.list(option, text);
    }

    /** Whether one of the paths leads to something in the item. */
    public boolean isIn(Map<String, AttributeValue> item) {
        return !find(item).isEmpty();
    }

    /** Whether the items differ in a place that a path leads to, or only one of them has it. Sets have no order. */
    public boolean differ(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        Map<List<Object>, AttributeValue> old = find(before);
        Map<List<Object>, AttributeValue> now = find(after);
        return !old.keySet().equals(now.keySet())
                || old.entrySet().stream().anyMatch(each -> !AttributeEquality.same(each.getValue(), now.get(each.getKey())));
    }

    /** What stands in each place, by the path that leads to it alone. */
    public SortedMap<String, AttributeValue> values(Map<String, AttributeValue> item) {
        SortedMap<String, AttributeValue> values = new TreeMap<>();
        find(item).forEach((place, value) -> values.put(AttributePath.text(place), value));
        return values;
    }

    private Map<List<Object>, AttributeValue> find(Map<String, AttributeValue> item) {
        Map<List<Object>, AttributeValue> found = new LinkedHashMap<>();
        map(item, paths, List.of(), found);
        return found;
    }

    private static void map(Map<String, AttributeValue> attributes, List<AttributePath> paths, List<Object> place,
            Map<List<Object>, AttributeValue> found) {
        attributes.forEach((name, value) -> value(value, paths.stream().filter(path -> path.leadsTo(place.size(), name)).toList(),
                place, name, found));
    }

    private static void value(AttributeValue value, List<AttributePath> paths, List<Object> above, Object step,
            Map<List<Object>, AttributeValue> found) {
        if (paths.isEmpty()) {
            return;
        }
        List<Object> place = new ArrayList<>(above);
        place.add(step);
        if (paths.stream().anyMatch(path -> path.length() == place.size())) {
            found.put(place, value);
        } else if (value.hasM()) {
            map(value.m(), paths, place, found);
        } else if (value.hasL()) {
            for (int i = 0; i < value.l().size(); i++) {
                int element = i;
                value(value.l().get(i), paths.stream().filter(path -> path.leadsTo(place.size(), element)).toList(), place, i, found);
            }
        }
    }
}
