package io.distributary.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.event.ruler.Ruler;

/** The examples of AWS's own pages: the expected results are those that the pages tell. */
class DocumentedPatternsTest {
    static Stream<Arguments> cases() throws IOException {
        try (var in = DocumentedPatternsTest.class.getResourceAsStream("/event-patterns/documented.json")) {
            return nodes(new ObjectMapper().readTree(in)).flatMap(page -> nodes(page.get("cases")).map(each -> Arguments.of(
                    each.get("pattern").toString(), page.get("record").toString(), each.get("matches").booleanValue(),
                    page.get("page").textValue())));
        }
    }

    private static Stream<JsonNode> nodes(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @ParameterizedTest(name = "{3}: {0} -> {2}")
    @MethodSource("cases")
    void matchesAsAwsDocuments(String pattern, String record, boolean expected, String page) throws Exception {
        assertEquals(expected, EventPattern.compile(pattern).matches(record.getBytes(StandardCharsets.UTF_8)));
        if (!pattern.startsWith("{\"Filters\"")) {
            assertEquals(expected, Ruler.matchesRule(record, pattern), "event-ruler itself");
        }
    }
}
