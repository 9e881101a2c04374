package io.distributary.attributes;

import java.util.LinkedHashMap;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keeps the attributes that are named, and the keys. */
public final class AttributeProjection extends ChangeTransformer {
    private AttributeSelection selection;

    @Override
    protected ChangeEvent transform(ChangeEvent event) {
        Map<String, AttributeValue> keys = event.keys();
        return event.withAttributes(all -> kept(all, keys), event.source());
    }

    private Map<String, AttributeValue> kept(Map<String, AttributeValue> all, Map<String, AttributeValue> keys) {
        Map<String, AttributeValue> kept = new LinkedHashMap<>(selection.of(all));
        keys.keySet().stream().filter(all::containsKey).forEach(key -> kept.put(key, all.get(key)));
        return kept;
    }

    /** @param paths as {@link AttributePath} reads them, separated by commas */
    public void setAttributes(String paths) {
        selection = new AttributeSelection("attributes", paths);
    }
}
