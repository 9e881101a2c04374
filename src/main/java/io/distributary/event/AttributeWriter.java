package io.distributary.event;

import java.util.List;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Walks attribute values in canonical order and writes them into a document; a subclass gives each type its form.
 * Stateless.
 */
abstract class AttributeWriter {
    /** Levels of maps and lists inside an attribute; DynamoDB itself holds 32. */
    static final int MAX_DEPTH = 100;

    /** One value, {@code depth} maps and lists deep; reports what it cannot write as {@link BadValueException}. */
    abstract void value(JsonBytes out, AttributeValue value, int depth);

    /** An image or the keys as one object. */
    final void attributes(JsonBytes out, Map<String, AttributeValue> attributes) {
        object(out, attributes, 0);
    }

    final void object(JsonBytes out, Map<String, AttributeValue> attributes, int depth) {
        out.startObject();
        for (String name : CanonicalOrder.names(attributes)) {
            out.name(name);
            try {
                value(out, attributes.get(name), depth);
            } catch (BadValueException e) {
                throw e.under(name);
            }
        }
        out.endObject();
    }

    final void array(JsonBytes out, List<AttributeValue> list, int depth) {
        out.startArray();
        int index = 0;
        for (AttributeValue value : list) {
            try {
                value(out, value, depth);
            } catch (BadValueException e) {
                throw e.under(index);
            }
            index++;
        }
        out.endArray();
    }

    /** The value's type, when it has one that can be written. */
    static AttributeValue.Type type(AttributeValue value) {
        if (value == null) {
            throw new BadValueException("no value");
        }
        if (value.type() == null) {
            throw new BadValueException("a value of more than one type");
        }
        return value.type();
    }

    static int deeper(int depth) {
        if (depth >= MAX_DEPTH) {
            throw new BadValueException("nested deeper than " + MAX_DEPTH + " levels (DynamoDB itself holds 32)");
        }
        return depth + 1;
    }

    static BadValueException unknownType() {
        return new BadValueException("an attribute type that this version does not know");
    }
}
