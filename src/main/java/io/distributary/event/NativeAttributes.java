package io.distributary.event;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attribute values as a person would write them in JSON: S a string, N a number with its own digits, BOOL, NULL, M an
 * object, L an array, sets sorted arrays, binary padded base64.
 */
final class NativeAttributes extends AttributeWriter {
    static final NativeAttributes INSTANCE = new NativeAttributes();

    private NativeAttributes() {
    }

    @Override
    void value(JsonGenerator out, AttributeValue value, int depth) throws IOException {
        switch (type(value)) {
            case S -> out.writeString(value.s());
            case N -> out.writeNumber(NumberText.json(value.n()));
            case BOOL -> out.writeBoolean(value.bool());
            case NUL -> out.writeNull();
            case M -> object(out, value.m(), deeper(depth));
            case L -> array(out, value.l(), deeper(depth));
            case B -> out.writeBinary(value.b().asByteArrayUnsafe());
            case SS -> {
                out.writeStartArray();
                for (String member : CanonicalOrder.strings(value.ss())) {
                    out.writeString(member);
                }
                out.writeEndArray();
            }
            case NS -> {
                out.writeStartArray();
                for (String member : CanonicalOrder.numbers(value.ns())) {
                    out.writeNumber(NumberText.json(member));
                }
                out.writeEndArray();
            }
            case BS -> {
                out.writeStartArray();
                for (SdkBytes member : CanonicalOrder.binaries(value.bs())) {
                    out.writeBinary(member.asByteArrayUnsafe());
                }
                out.writeEndArray();
            }
            default -> throw unknownType();
        }
    }
}
