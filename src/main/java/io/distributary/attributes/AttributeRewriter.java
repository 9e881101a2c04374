package io.distributary.attributes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rebuilds attributes along paths. What no path leads to is the same object afterwards. Pure. */
final class AttributeRewriter {
    private AttributeRewriter() {
    }

    /**
     * The attributes with another value in each place that a path leads to.
     *
     * @param value of the value there; null takes it out, from a list by moving up what follows
     */
    static Map<String, AttributeValue> replace(Map<String, AttributeValue> attributes, List<AttributePath> paths,
            UnaryOperator<AttributeValue> value) {
        return map(attributes, paths, 0, value);
    }

    private static Map<String, AttributeValue> map(Map<String, AttributeValue> attributes, List<AttributePath> paths, int step,
            UnaryOperator<AttributeValue> value) {
        Map<String, AttributeValue> result = new LinkedHashMap<>();
        attributes.forEach((name, old) -> {
            AttributeValue now = value(old, paths.stream().filter(path -> path.leadsTo(step, name)).toList(), step + 1, value);
            if (now != null) {
                result.put(name, now);
            }
        });
        return result;
    }

    private static AttributeValue value(AttributeValue old, List<AttributePath> paths, int step, UnaryOperator<AttributeValue> value) {
        if (paths.isEmpty()) {
            return old;
        }
        if (paths.stream().anyMatch(path -> path.length() == step)) {
            return value.apply(old);
        }
        if (old.hasM()) {
            return AttributeValue.fromM(map(old.m(), paths, step, value));
        }
        return old.hasL() ? AttributeValue.fromL(list(old.l(), paths, step, value)) : old;
    }

    private static List<AttributeValue> list(List<AttributeValue> elements, List<AttributePath> paths, int step,
            UnaryOperator<AttributeValue> value) {
        List<AttributeValue> result = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            int element = i;
            AttributeValue now = value(elements.get(i), paths.stream().filter(path -> path.leadsTo(step, element)).toList(), step + 1,
                    value);
            if (now != null) {
                result.add(now);
            }
        }
        return result;
    }
}
