package io.distributary.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values as plain Java: S String, N BigDecimal, B byte[], M Map, L and sorted sets List. */
final class PlainJava {
    private PlainJava() {
    }

    static Map<String, Object> attributes(Map<String, AttributeValue> attributes, int depth) {
        var map = new LinkedHashMap<String, Object>();
        for (String name : CanonicalOrder.names(attributes)) {
            try {
                map.put(name, value(attributes.get(name), depth));
            } catch (BadValueException e) {
                throw e.under(name);
            }
        }
        return map;
    }

    private static Object value(AttributeValue value, int depth) {
        return switch (AttributeWriter.type(value)) {
            case S -> value.s();
            case N -> NumberText.decimal(value.n());
            case B -> value.b().asByteArray();
            case BOOL -> value.bool();
            case NUL -> null;
            case M -> attributes(value.m(), AttributeWriter.deeper(depth));
            case L -> list(value.l(), AttributeWriter.deeper(depth));
            case SS -> CanonicalOrder.strings(value.ss());
            case NS -> CanonicalOrder.numbers(value.ns()).stream().map(NumberText::decimal).toList();
            case BS -> CanonicalOrder.binaries(value.bs()).stream().map(SdkBytes::asByteArray).toList();
            default -> throw AttributeWriter.unknownType();
        };
    }

    private static List<Object> list(List<AttributeValue> values, int depth) {
        var list = new ArrayList<>();
        for (AttributeValue value : values) {
            try {
                list.add(value(value, depth));
            } catch (BadValueException e) {
                throw e.under(list.size());
            }
        }
        return list;
    }
}
