package io.distributary.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Patterns;
import software.amazon.event.ruler.ValuePatterns;

/**
 * A pattern as event-ruler has compiled it, but for its numeric expressions: those are lifted out, with a mark of ours in
 * their place, as event-ruler compares doubles, and JSON numbers only. The text keeps its length, so that places in
 * event-ruler's errors are the pattern's own.
 */
final class LiftedPattern {
    /** "The total rule combinations must be under 1,000" (EventBridge user guide, $or): more is refused there too. */
    private static final int MAX_COMBINATIONS = 1000;
    private static final String OR = "$or";
    private static final Set<String> OPERATORS = new TreeSet<>(Set.of("prefix", "suffix", "numeric", "anything-but", "exists",
            "cidr", "equals-ignore-case", "wildcard", "exactly"));
    /** Begins the mark of a lifted expression; of Unicode's private use. */
    private static final char MARK = '\uE0DB';

    private final Map<String, NumericRange> lifted = new HashMap<>();
    private final JsonParser in;
    private PatternText source;

    private LiftedPattern(PatternText source) {
        this.source = source;
        this.in = source.parser();
    }

    /** What a numeric expression said, where this stands for one; else null. */
    NumericRange lifted(Patterns pattern) {
        return pattern instanceof ValuePatterns value ? lifted.get(value.pattern()) : null;
    }

    /** For each way to match the pattern: what the values at each path, its names joined by dots, have to match. */
    List<Map<String, List<Patterns>>> rules() {
        try {
            return JsonRuleCompiler.compile(source.text());
        } catch (JsonProcessingException e) {
            throw source.wrong(startOfToken(e), e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LiftedPattern of(PatternText source) {
        LiftedPattern pattern = new LiftedPattern(source);
        try (JsonParser in = pattern.in) {
            JsonToken first = in.nextToken();
            if (first == null) {
                throw source.wrong(0, "the pattern is empty");
            }
            if (first != JsonToken.START_OBJECT) {
                throw pattern.wrong("a pattern is a JSON object");
            }
            pattern.fields();
            if (in.nextToken() != null) {
                throw pattern.wrong("something stands after the pattern's end");
            }
        } catch (JsonProcessingException e) {
            throw source.wrong(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pattern;
    }

    /** Walks over an object; returns in how many ways it can be matched, by its alternatives. */
    private int fields() throws IOException {
        int ways = 1;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            int start = offset();
            JsonToken value = in.nextToken();
            if (value == JsonToken.START_OBJECT) {
                ways *= fields();
            } else if (value == JsonToken.START_ARRAY && name.equals(OR)) {
                ways *= Math.max(1, alternatives());
            } else if (value == JsonToken.START_ARRAY) {
                values();
            }
            if (ways >= MAX_COMBINATIONS) {
                throw source.wrong(start, "with this the alternatives of $or make " + ways + " combinations, and fewer than "
                        + MAX_COMBINATIONS + " are allowed");
            }
        }
        return ways;
    }

    private int alternatives() throws IOException {
        int ways = 0;
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                ways += fields();
            } else {
                in.skipChildren();
            }
        }
        return ways;
    }

    private void values() throws IOException {
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                expression();
            } else {
                in.skipChildren();
            }
        }
    }

    private void expression() throws IOException {
        int start = offset();
        if (in.nextToken() != JsonToken.FIELD_NAME) {
            throw source.wrong(start, "an operator expected: one of " + String.join(", ", OPERATORS));
        }
        String operator = in.currentName();
        if (!OPERATORS.contains(operator)) {
            throw wrong("unknown operator " + operator + ": known are " + String.join(", ", OPERATORS));
        }
        if (operator.equals("numeric")) {
            NumericRange range = NumericExpression.read(source, in);
            String mark = "\"" + MARK + lifted.size() + "\"";
            lifted.put(mark, range);
            source = source.with(start, offset() + 1, mark);
            return;
        }
        for (int depth = 1; depth > 0; ) {
            JsonToken token = in.nextToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        check(start, source.text().substring(start, offset() + 1));
    }

    /** One by one: event-ruler does not tell the place of everything it refuses. */
    private void check(int start, String expression) throws IOException {
        try {
            JsonRuleCompiler.compile("{\"value\":[" + expression + "]}");
        } catch (JsonProcessingException e) {
            throw source.wrong(start, e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw source.wrong(start, e.getMessage());
        }
    }

    /** event-ruler names the place after the token that it refuses. */
    private int startOfToken(JsonProcessingException refused) {
        long end = refused.getLocation().getCharOffset();
        try (JsonParser tokens = source.parser()) {
            while (tokens.nextToken() != null) {
                if (tokens.currentLocation().getCharOffset() >= end) {
                    return (int) tokens.currentTokenLocation().getCharOffset();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) end;
    }

    private int offset() {
        return (int) in.currentTokenLocation().getCharOffset();
    }

    private EventPatternException wrong(String reason) {
        return source.wrong(offset(), reason);
    }
}
