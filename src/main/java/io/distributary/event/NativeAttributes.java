package io.distributary.event;


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
    void value(JsonBytes out, AttributeValue value, int depth) {
        switch (type(value)) {
            case S -> out.string(value.s());
            case N -> out.number(NumberText.json(value.n()));
            case BOOL -> out.bool(value.bool());
            case NUL -> out.nothing();
            case M -> object(out, value.m(), deeper(depth));
            case L -> array(out, value.l(), deeper(depth));
            case B -> out.binary(value.b().asByteArrayUnsafe());
            case SS -> {
                out.startArray();
                for (String member : CanonicalOrder.strings(value.ss())) {
                    out.string(member);
                }
                out.endArray();
            }
            case NS -> {
                out.startArray();
                for (String member : CanonicalOrder.numbers(value.ns())) {
                    out.number(NumberText.json(member));
                }
                out.endArray();
            }
            case BS -> {
                out.startArray();
                for (SdkBytes member : CanonicalOrder.binaries(value.bs())) {
                    out.binary(member.asByteArrayUnsafe());
                }
                out.endArray();
            }
            default -> throw unknownType();
        }
    }
}
