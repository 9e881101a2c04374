package io.distributary.nats;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A subject whose tokens come from the change: {@code orders.{table}.{partitionKey}}. A token is either literal or one
 * placeholder, so that other values never make the same subject. Immutable.
 */
final class SubjectTemplate {
    /** What a placeholder stands for. */
    enum Token {
        TABLE("table"), PARTITION_KEY("partitionKey"), SORT_KEY("sortKey"), EVENT_NAME("eventName");

        private final String placeholder;

        Token(String name) {
            placeholder = '{' + name + '}';
        }
    }

    /** Either is null. */
    private record Part(String literal, Token token) {
    }

    private final List<Part> parts;

    private SubjectTemplate(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws IllegalArgumentException naming what is wrong with it */
    static SubjectTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        for (String part : text.split("\\.", -1)) {
            Token token = Stream.of(Token.values()).filter(one -> one.placeholder.equals(part)).findFirst().orElse(null);
            if (token == null && (!Subjects.isValid(part) || part.indexOf('{') >= 0 || part.indexOf('}') >= 0)) {
                throw new IllegalArgumentException("Not a NATS subject template: \"" + text + "\": \"" + part
                        + "\" is neither one of " + Stream.of(Token.values()).map(one -> one.placeholder)
                        .collect(Collectors.joining(", ")) + " nor printable ASCII without space, *, >, { and }");
            }
            parts.add(new Part(token == null ? part : null, token));
        }
        return new SubjectTemplate(parts);
    }

    /** @param values what the placeholders stand for, unescaped; null for what the change does not have */
    String subject(Function<Token, String> values) {
        if (parts.size() == 1) {
            return text(parts.get(0), values);
        }
        StringBuilder subject = new StringBuilder(64);
        for (Part part : parts) {
            subject.append(subject.isEmpty() ? "" : ".").append(text(part, values));
        }
        return subject.toString();
    }

    private static String text(Part part, Function<Token, String> values) {
        return part.literal() != null ? part.literal() : Subjects.token(values.apply(part.token()));
    }
}
