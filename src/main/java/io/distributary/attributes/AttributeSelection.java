package io.distributary.attributes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The part of an item that paths lead to, as DynamoDB's projections give it: what encloses it is there, and nothing where
 * no path leads to something that is there. Pure.
 */
public final class AttributeSelection {
    private final List<AttributePath> paths;

    /**
     * @param option names the option in the message
     * @param text   the paths, as {@link AttributePath} reads them, separated by commas
     * @throws IllegalArgumentException without a path, or with one that cannot be read
     */
    public AttributeSelection(String option, String text) {
        paths = AttributePath.list(option, text);
    }

    /** Of an item, the attributes selected. */
    public Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
        return map(item, paths, 0);
    }

    private static Map<String, AttributeValue> map(Map<String, AttributeValue> attributes, List<AttributePath> paths, int step) {
        Map<String, AttributeValue> result = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            AttributeValue part = value(value, paths.stream().filter(path -> path.leadsTo(step, name)).toList(), step + 1);
            if (part != null) {
                result.put(name, part);
            }
        });
        return result;
    }

    private static AttributeValue value(AttributeValue value, List<AttributePath> paths, int step) {
        if (paths.stream().anyMatch(path -> path.length() == step)) {
            return value;
        }
        if (paths.isEmpty()) {
            return null;
        }
        if (value.hasM()) {
            Map<String, AttributeValue> part = map(value.m(), paths, step);
            return part.isEmpty() ? null : AttributeValue.fromM(part);
        }
        if (value.hasL()) {
            List<AttributeValue> part = new ArrayList<>();
            for (int i = 0; i < value.l().size(); i++) {
                int element = i;
                AttributeValue kept = value(value.l().get(i), paths.stream().filter(path -> path.leadsTo(step, element)).toList(), step + 1);
                if (kept != null) {
                    part.add(kept);
                }
            }
            return part.isEmpty() ? null : AttributeValue.fromL(part);
        }
        return null;
    }
}
