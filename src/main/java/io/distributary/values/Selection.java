package io.distributary.values;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

import io.distributary.attributes.AttributePlaces;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import io.distributary.event.EventName;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Values of certain items that meet a condition: a pure function of a change. Immutable, thread-safe.
 *
 * @param name         says to whom it is sent what was selected
 * @param partitionKey of the items, or null for any
 * @param sortKey      of the items, or null for any
 */
record Selection(String name, KeyTemplate partitionKey, KeyTemplate sortKey, AttributePlaces places, ValueCondition condition) {

    /**
     * A value that met the condition.
     *
     * @param before null where there was none
     * @param after  null where there is none
     */
    record Value(String path, AttributeValue before, AttributeValue after) {
    }

    /**
     * What was selected of a change.
     *
     * @param names  what stands in the keys for the names of their templates
     * @param values at least one, by path
     */
    record Selected(Map<String, String> names, List<Value> values) {
    }

    /**
     * Null where the change is of another item, or none of its values meets the condition.
     *
     * @throws EventConversionException where the change lacks an image that its kind has
     */
    Selected of(ChangeEvent event) {
        Map<String, String> names = names(event);
        if (names == null) {
            return null;
        }
        EventName kind = event.eventName();
        SortedMap<String, AttributeValue> before = places.values(
                kind.begins() ? Map.of() : require(event, "old_image", event.oldImage()));
        SortedMap<String, AttributeValue> after = places.values(
                kind == EventName.REMOVE ? Map.of() : require(event, "new_image", event.newImage()));
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<Value> values = new ArrayList<>();
        for (String each : paths) {
            if (condition.isMet(before.get(each), after.get(each))) {
                values.add(new Value(each, before.get(each), after.get(each)));
            }
        }
        return values.isEmpty() ? null : new Selected(names, values);
    }

    private Map<String, String> names(ChangeEvent event) {
        Map<String, String> partition = partitionKey == null ? Map.of() : partitionKey.match(event.partitionKey());
        Map<String, String> sort = sortKey == null ? Map.of() : sortKey.match(event.sortKey());
        if (partition == null || sort == null) {
            return null;
        }
        Map<String, String> names = new LinkedHashMap<>(partition);
        names.putAll(sort);
        return names;
    }

    private static Map<String, AttributeValue> require(ChangeEvent event, String field, Map<String, AttributeValue> image) {
        if (image == null) {
            throw new EventConversionException(event, field, "the record does not have it, and values are selected by what they were"
                    + " and are: set the stream's view type to NEW_AND_OLD_IMAGES");
        }
        return image;
    }
}
