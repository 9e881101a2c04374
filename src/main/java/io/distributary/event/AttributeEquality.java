package io.distributary.event;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** When two attribute values are the same. */
public final class AttributeEquality {
    private AttributeEquality() {
    }

    /**
     * Whether they are of the same type and value, sets without regard to order, also inside documents. AttributeValue.equals
     * would take a set in another order for another set.
     *
     * @param a may be null, as may b
     */
    public static boolean same(AttributeValue a, AttributeValue b) {
        if (a == null || b == null || a.type() == null || a.type() != b.type()) {
            return a == b || a != null && a.equals(b);
        }
        return switch (a.type()) {
            case S -> a.s().equals(b.s());
            case N -> a.n().equals(b.n());
            case BOOL -> a.bool().equals(b.bool());
            case SS -> sameSet(a.ss(), b.ss());
            case NS -> sameSet(a.ns(), b.ns());
            case BS -> sameSet(a.bs(), b.bs());
            case M -> sameMap(a.m(), b.m());
            case L -> sameList(a.l(), b.l());
            default -> a.equals(b);
        };
    }

    private static boolean sameSet(Collection<?> a, Collection<?> b) {
        return a.size() == b.size() && (a.equals(b) || new HashSet<>(a).equals(new HashSet<>(b)));
    }

    private static boolean sameMap(Map<String, AttributeValue> a, Map<String, AttributeValue> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<String, AttributeValue> entry : a.entrySet()) {
            AttributeValue other = b.get(entry.getKey());
            if (other == null && !b.containsKey(entry.getKey()) || !same(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameList(List<AttributeValue> a, List<AttributeValue> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }
}
