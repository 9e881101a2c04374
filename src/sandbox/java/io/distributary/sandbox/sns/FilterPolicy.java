package io.distributary.sandbox.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A subscription's filter policy over message attributes: every name must match, by any of its conditions. Knows exact
 * values, prefix, suffix, equals-ignore-case, anything-but (also with prefix and suffix), numeric and exists; refuses
 * the others.
 */
final class FilterPolicy {
    static final FilterPolicy NONE = new FilterPolicy(Map.of());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Predicate<List<JsonNode>>> conditions;

    private FilterPolicy(Map<String, Predicate<List<JsonNode>>> conditions) {
        this.conditions = conditions;
    }

    /** @throws SnsError InvalidParameter, if it is no valid policy or holds an operator that this stand-in lacks */
    static FilterPolicy parse(String json) {
        if (json.isEmpty()) {
            return NONE;
        }
        JsonNode policy;
        try {
            policy = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw invalid("failed to parse JSON. " + e.getOriginalMessage());
        }
        if (!policy.isObject()) {
            throw invalid("Filter policy must be an object");
        }
        var conditions = new LinkedHashMap<String, Predicate<List<JsonNode>>>();
        policy.fields().forEachRemaining(field -> {
            if (!field.getValue().isArray() || field.getValue().isEmpty()) {
                throw invalid("\"" + field.getKey() + "\" must be an object or an array");
            }
            var any = new ArrayList<Predicate<List<JsonNode>>>();
            field.getValue().forEach(condition -> any.add(condition(condition)));
            conditions.put(field.getKey(), values -> any.stream().anyMatch(one -> one.test(values)));
        });
        return new FilterPolicy(conditions);
    }

    boolean matches(Map<String, MessageAttribute> attributes) {
        return conditions.entrySet().stream()
                .allMatch(condition -> condition.getValue().test(values(attributes.get(condition.getKey()))));
    }

    /**
     * What SNS compares: a number, a text, or each element of an array; nothing for a missing or a binary attribute.
     */
    private static List<JsonNode> values(MessageAttribute attribute) {
        if (attribute == null || attribute.binary()) {
            return List.of();
        }
        var nodes = JSON.getNodeFactory();
        if (attribute.type().startsWith("Number")) {
            return List.of(nodes.numberNode(new BigDecimal(attribute.value())));
        }
        if (!attribute.type().equals("String.Array")) {
            return List.of(nodes.textNode(attribute.value()));
        }
        try {
            var values = new ArrayList<JsonNode>();
            JSON.readTree(attribute.value()).forEach(values::add);
            return values;
        } catch (JsonProcessingException notAnArray) {
            return List.of();
        }
    }

    private static Predicate<List<JsonNode>> condition(JsonNode condition) {
        if (condition.isValueNode()) {
            return anyOf(value -> same(value, condition));
        }
        if (!condition.isObject() || condition.size() != 1) {
            throw invalid("Match value must be String, number, true, false, or null");
        }
        var operator = condition.fieldNames().next();
        var operand = condition.get(operator);
        return switch (operator) {
            case "exists" -> operand.asBoolean() ? values -> !values.isEmpty() : List::isEmpty;
            case "anything-but" -> values -> !values.isEmpty() && values.stream().noneMatch(excluded(operand));
            case "numeric" -> anyOf(numeric(operand));
            case "prefix", "suffix", "equals-ignore-case" -> anyOf(text(operator, operand));
            default -> throw invalid("Unrecognized match type " + operator + " (this stand-in lacks it)");
        };
    }

    private static Predicate<List<JsonNode>> anyOf(Predicate<JsonNode> test) {
        return values -> values.stream().anyMatch(test);
    }

    private static Predicate<JsonNode> excluded(JsonNode operand) {
        if (operand.isObject() && operand.size() == 1) {
            var operator = operand.fieldNames().next();
            return text(operator, operand.get(operator));
        }
        if (operand.isArray()) {
            return value -> {
                for (var one : operand) {
                    if (same(value, one)) {
                        return true;
                    }
                }
                return false;
            };
        }
        return value -> same(value, operand);
    }

    private static Predicate<JsonNode> text(String operator, JsonNode operand) {
        if (!operand.isTextual()) {
            throw invalid(operator + " match pattern must be a string");
        }
        var text = operand.textValue();
        return switch (operator) {
            case "prefix" -> value -> value.isTextual() && value.textValue().startsWith(text);
            case "suffix" -> value -> value.isTextual() && value.textValue().endsWith(text);
            case "equals-ignore-case" -> value -> value.isTextual()
                    && value.textValue().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT));
            default -> throw invalid("Unrecognized match type " + operator + " (this stand-in lacks it)");
        };
    }

    private static Predicate<JsonNode> numeric(JsonNode operand) {
        if (!operand.isArray() || operand.isEmpty() || operand.size() % 2 != 0) {
            throw invalid("Value of numeric must be an array of operators and numbers");
        }
        Predicate<JsonNode> all = JsonNode::isNumber;
        for (var i = 0; i < operand.size(); i += 2) {
            if (!operand.get(i + 1).isNumber()) {
                throw invalid("Value of numeric must be numeric");
            }
            var bound = operand.get(i + 1).decimalValue();
            all = all.and(switch (operand.get(i).asText()) {
                case "=" -> value -> value.decimalValue().compareTo(bound) == 0;
                case "<" -> value -> value.decimalValue().compareTo(bound) < 0;
                case "<=" -> value -> value.decimalValue().compareTo(bound) <= 0;
                case ">" -> value -> value.decimalValue().compareTo(bound) > 0;
                case ">=" -> value -> value.decimalValue().compareTo(bound) >= 0;
                default -> throw invalid("Unrecognized numeric range operator: " + operand.get(i).asText());
            });
        }
        return all;
    }

    private static boolean same(JsonNode value, JsonNode wanted) {
        return value.isNumber() && wanted.isNumber()
                ? value.decimalValue().compareTo(wanted.decimalValue()) == 0
                : value.equals(wanted);
    }

    private static SnsError invalid(String reason) {
        return SnsError.invalidParameter("FilterPolicy: " + reason);
    }
}
