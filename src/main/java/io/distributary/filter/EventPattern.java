package io.distributary.filter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.distributary.event.ChangeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter pattern as Lambda's event source mappings and EventBridge Pipes take it, on the record in the shape that those
 * see: Lambda's, with DynamoDB JSON. By event-ruler, AWS's own implementation, but for {@code numeric}: it also compares
 * attributes of type N and NS, and with all their digits. Immutable, thread-safe.
 */
public final class EventPattern {
    private final String written;
    private final List<Alternatives> filters;

    private EventPattern(String written, List<Alternatives> filters) {
        this.written = written;
        this.filters = filters;
    }

    /**
     * @param pattern a pattern as JSON, or FilterCriteria: {@code {"Filters": [{"Pattern": "..."}]}}, of which one filter has
     *                to match
     * @throws EventPatternException where it is neither; it names line, column and reason
     */
    public static EventPattern compile(String pattern) {
        PatternText text = PatternText.of(pattern);
        List<Alternatives> filters = new ArrayList<>();
        for (PatternText filter : filters(text)) {
            filters.add(new Alternatives(LiftedPattern.of(filter)));
        }
        return new EventPattern(pattern, filters);
    }

    /** @throws io.distributary.event.EventReadException where the record's JSON is not DynamoDB's */
    public boolean matches(ChangeEvent event) {
        return filters.stream().anyMatch(filter -> {
            FoundValues found = new FoundValues(filter.fields().paths().size());
            filter.fields().read(event, found);
            return filter.matches(found);
        });
    }

    /**
     * @param record a record in Lambda's shape, UTF-8
     * @throws io.distributary.event.EventReadException where it is no JSON object
     */
    boolean matches(byte[] record) {
        return filters.stream().anyMatch(filter -> {
            FoundValues found = new FoundValues(filter.fields().paths().size());
            filter.fields().read(record, found);
            return filter.matches(found);
        });
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return written;
    }

    /** The patterns of FilterCriteria; else the text itself. A record has no field of that name. */
    private static List<PatternText> filters(PatternText text) {
        try (JsonParser in = text.parser()) {
            boolean criteria = in.nextToken() == JsonToken.START_OBJECT && in.nextToken() == JsonToken.FIELD_NAME
                    && in.currentName().equals("Filters");
            return criteria ? criteria(text, in) : List.of(text);
        } catch (JsonProcessingException e) {
            throw text.wrong(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<PatternText> criteria(PatternText text, JsonParser in) throws IOException {
        List<PatternText> patterns = new ArrayList<>();
        expect(text, in, JsonToken.START_ARRAY);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.START_OBJECT || !"Pattern".equals(in.nextFieldName())) {
                throw wrong(text, in);
            }
            expect(text, in, JsonToken.VALUE_STRING);
            patterns.add(text.string((int) in.currentTokenLocation().getCharOffset(), in.getText()));
            expect(text, in, JsonToken.END_OBJECT);
        }
        if (patterns.isEmpty()) {
            throw wrong(text, in);
        }
        expect(text, in, JsonToken.END_OBJECT);
        if (in.nextToken() != null) {
            throw wrong(text, in);
        }
        return patterns;
    }

    private static void expect(PatternText text, JsonParser in, JsonToken token) throws IOException {
        if (in.nextToken() != token) {
            throw wrong(text, in);
        }
    }

    private static EventPatternException wrong(PatternText text, JsonParser in) {
        return text.wrong((int) in.currentTokenLocation().getCharOffset(),
                "Filters takes a list of at least one {\"Pattern\": \"...\"}, each pattern a string, and nothing beside it");
    }
}
