package io.distributary.attributes;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.distributary.event.ChangeEvent;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Hides attributes. A key attribute is hashed whatever the method: the item's ids and order are made of it, so that two items
 * must not become one.
 */
public final class AttributeMask extends ChangeTransformer {
    /** What takes the place of a value. */
    public enum Method {
        /** A fixed text. */
        REPLACE,
        /** Its {@link AttributeHash}. */
        HASH,
        /** Nothing. */
        DROP
    }

    private List<AttributePath> attributes = List.of();
    private Method method = Method.REPLACE;
    private AttributeValue replacement = AttributeValue.fromS("***");
    private AttributeHash hash = new AttributeHash(null);

    @Override
    protected ChangeEvent transform(ChangeEvent event) {
        Map<String, AttributeValue> keys = event.keys();
        return event.withAttributes(all -> masked(all, keys), event.source());
    }

    private Map<String, AttributeValue> masked(Map<String, AttributeValue> all, Map<String, AttributeValue> keys) {
        UnaryOperator<AttributeValue> mask = switch (method) {
            case REPLACE -> value -> replacement;
            case HASH -> hash::of;
            case DROP -> value -> null;
        };
        Map<String, AttributeValue> result = AttributeRewriter.replace(all, attributes, mask);
        keys.keySet().stream().filter(all::containsKey)
                .filter(key -> attributes.stream().anyMatch(path -> path.length() == 1 && path.leadsTo(0, key)))
                .forEach(key -> result.put(key, hash.of(all.get(key))));
        return result;
    }

    /** @param paths as {@link AttributePath} reads them, separated by commas */
    public void setAttributes(String paths) {
        attributes = AttributePath.list("attributes", paths);
    }

    public void setMethod(Method method) {
        this.method = method;
    }

    /** What {@link Method#REPLACE} puts there. */
    public void setReplacement(String replacement) {
        this.replacement = AttributeValue.fromS(replacement);
    }

    /** @param key of the hashes, without which they are plain SHA-256; null or empty for none */
    public void setSecretKey(String key) {
        hash = new AttributeHash(key == null || key.isEmpty() ? null : key);
    }
}
