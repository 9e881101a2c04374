package io.distributary.event;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attribute values as DynamoDB's own JSON, each under its type: {@code {"N":"1"}}. Numbers stay texts and are not
 * looked at, so also an impossible one is kept.
 */
final class TypedAttributes extends AttributeWriter {
    /** Fails on a value whose type is unknown. */
    static final TypedAttributes STRICT = new TypedAttributes(true);

    /**
     * Writes {@code {}} where the SDK knew no type (or {@code null} for no value at all): keeps the rest of the record.
     */
    static final TypedAttributes LENIENT = new TypedAttributes(false);

    private final boolean strict;

    private TypedAttributes(boolean strict) {
        this.strict = strict;
    }

    /** The keys, the partition key first: DynamoDB's JSON does not tell which is which, our reader can by this. */
    void keys(JsonGenerator out, Map<String, AttributeValue> keys, String partitionKey) throws IOException {
        if (keys.size() != 2 || !keys.containsKey(partitionKey)) {
            attributes(out, keys);
            return;
        }
        out.writeStartObject();
        member(out, partitionKey, keys.get(partitionKey));
        for (Map.Entry<String, AttributeValue> entry : keys.entrySet()) {
            if (!entry.getKey().equals(partitionKey)) {
                member(out, entry.getKey(), entry.getValue());
            }
        }
        out.writeEndObject();
    }

    private void member(JsonGenerator out, String name, AttributeValue value) throws IOException {
        out.writeFieldName(name);
        try {
            value(out, value, 0);
        } catch (BadValueException e) {
            throw e.under(name);
        }
    }

    @Override
    void value(JsonGenerator out, AttributeValue value, int depth) throws IOException {
        if (!strict && value == null) {
            out.writeNull();
            return;
        }
        AttributeValue.Type type = !strict && value.type() == null
                ? AttributeValue.Type.UNKNOWN_TO_SDK_VERSION : type(value);
        out.writeStartObject();
        switch (type) {
            case S -> out.writeStringField("S", value.s());
            case N -> out.writeStringField("N", value.n());
            case B -> out.writeBinaryField("B", value.b().asByteArrayUnsafe());
            case BOOL -> out.writeBooleanField("BOOL", value.bool());
            case NUL -> out.writeBooleanField("NULL", value.nul());
            case M -> {
                out.writeFieldName("M");
                object(out, value.m(), strict ? deeper(depth) : depth);
            }
            case L -> {
                out.writeFieldName("L");
                array(out, value.l(), strict ? deeper(depth) : depth);
            }
            case SS -> {
                out.writeArrayFieldStart("SS");
                for (String member : CanonicalOrder.strings(value.ss())) {
                    out.writeString(member);
                }
                out.writeEndArray();
            }
            case NS -> {
                out.writeArrayFieldStart("NS");
                for (String member : CanonicalOrder.numbers(value.ns())) {
                    out.writeString(member);
                }
                out.writeEndArray();
            }
            case BS -> {
                out.writeArrayFieldStart("BS");
                for (SdkBytes member : CanonicalOrder.binaries(value.bs())) {
                    out.writeBinary(member.asByteArrayUnsafe());
                }
                out.writeEndArray();
            }
            default -> {
                if (strict) {
                    throw unknownType();
                }
            }
        }
        out.writeEndObject();
    }
}
