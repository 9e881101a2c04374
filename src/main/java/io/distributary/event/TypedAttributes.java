package io.distributary.event;

import java.util.Map;

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
    void keys(JsonBytes out, Map<String, AttributeValue> keys, String partitionKey) {
        if (keys.size() != 2 || !keys.containsKey(partitionKey)) {
            attributes(out, keys);
            return;
        }
        out.startObject();
        member(out, partitionKey, keys.get(partitionKey));
        for (Map.Entry<String, AttributeValue> entry : keys.entrySet()) {
            if (!entry.getKey().equals(partitionKey)) {
                member(out, entry.getKey(), entry.getValue());
            }
        }
        out.endObject();
    }

    private void member(JsonBytes out, String name, AttributeValue value) {
        out.name(name);
        try {
            value(out, value, 0);
        } catch (BadValueException e) {
            throw e.under(name);
        }
    }

    @Override
    void value(JsonBytes out, AttributeValue value, int depth) {
        if (!strict && value == null) {
            out.nothing();
            return;
        }
        AttributeValue.Type type = !strict && value.type() == null
                ? AttributeValue.Type.UNKNOWN_TO_SDK_VERSION : type(value);
        out.startObject();
        switch (type) {
            case S -> out.field("S", value.s());
            case N -> out.field("N", value.n());
            case B -> out.field("B", value.b().asByteArrayUnsafe());
            case BOOL -> out.field("BOOL", value.bool());
            case NUL -> out.field("NULL", value.nul());
            case M -> {
                out.name("M");
                object(out, value.m(), strict ? deeper(depth) : depth);
            }
            case L -> {
                out.name("L");
                array(out, value.l(), strict ? deeper(depth) : depth);
            }
            case SS -> {
                out.name("SS");
                out.startArray();
                for (String member : CanonicalOrder.strings(value.ss())) {
                    out.string(member);
                }
                out.endArray();
            }
            case NS -> {
                out.name("NS");
                out.startArray();
                for (String member : CanonicalOrder.numbers(value.ns())) {
                    out.string(member);
                }
                out.endArray();
            }
            case BS -> {
                out.name("BS");
                out.startArray();
                for (SdkBytes member : CanonicalOrder.binaries(value.bs())) {
                    out.binary(member.asByteArrayUnsafe());
                }
                out.endArray();
            }
            default -> {
                if (strict) {
                    throw unknownType();
                }
            }
        }
        out.endObject();
    }
}
