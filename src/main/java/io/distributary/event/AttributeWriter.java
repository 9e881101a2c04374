package io.distributary.event;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Walks attribute values in canonical order and streams them to a generator; a subclass gives each type its form.
 * Stateless. Jackson's default escaping stays: characters beyond the BMP as two {@code \\u} escapes, which also keeps a
 * lone surrogate exact.
 */
abstract class AttributeWriter {
    /** Levels of maps and lists inside an attribute; DynamoDB itself holds 32. */
    static final int MAX_DEPTH = 100;

    /** One value, {@code depth} maps and lists deep; reports what it cannot write as {@link BadValueException}. */
    abstract void value(JsonGenerator out, AttributeValue value, int depth) throws IOException;

    /** An image or the keys as one object. */
    final void attributes(JsonGenerator out, Map<String, AttributeValue> attributes) throws IOException {
        object(out, attributes, 0);
    }

    final void object(JsonGenerator out, Map<String, AttributeValue> attributes, int depth) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, AttributeValue> entry : CanonicalOrder.attributes(attributes)) {
            out.writeFieldName(entry.getKey());
            try {
                value(out, entry.getValue(), depth);
            } catch (BadValueException e) {
                throw e.under(entry.getKey());
            }
        }
        out.writeEndObject();
    }

    final void array(JsonGenerator out, List<AttributeValue> list, int depth) throws IOException {
        out.writeStartArray();
        int index = 0;
        for (AttributeValue value : list) {
            try {
                value(out, value, depth);
            } catch (BadValueException e) {
                throw e.under(index);
            }
            index++;
        }
        out.writeEndArray();
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
