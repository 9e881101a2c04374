package io.distributary.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which attributes differ between two images. */
final class ChangedAttributes {
    private ChangedAttributes() {
    }

    static List<String> between(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        var names = new ArrayList<String>();
        after.forEach((name, value) -> {
            if (!AttributeEquality.same(before.get(name), value)) {
                names.add(name);
            }
        });
        for (String name : before.keySet()) {
            if (!after.containsKey(name)) {
                names.add(name);
            }
        }
        names.sort(CanonicalOrder.CODE_POINTS);
        return names;
    }
}
