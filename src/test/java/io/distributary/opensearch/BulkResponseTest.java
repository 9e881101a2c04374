package io.distributary.opensearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.distributary.coalesce.Outcome;
import io.distributary.opensearch.BulkAction.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkResponseTest {
    @ParameterizedTest
    @CsvSource({
        "INDEX,  200, Accepted",  "INDEX,  201, Accepted",  "INDEX,  409, Accepted",
        "CREATE, 201, Accepted",  "CREATE, 409, Accepted",  "UPDATE, 200, Accepted",
        "DELETE, 200, Accepted",  "DELETE, 404, Accepted",  "DELETE, 409, Accepted",
        "UPDATE, 409, Retryable", "INDEX,  404, Retryable", "UPDATE, 404, Retryable",
        "INDEX,  401, Retryable", "INDEX,  403, Retryable", "INDEX,  408, Retryable",
        "INDEX,  429, Retryable", "INDEX,  500, Retryable", "DELETE, 502, Retryable",
        "INDEX,  503, Retryable", "INDEX,  504, Retryable", "DELETE, 429, Retryable",
        "INDEX,  400, Refused",   "CREATE, 400, Refused",   "UPDATE, 400, Refused",
        "DELETE, 400, Refused",   "INDEX,  413, Refused",   "INDEX,  422, Refused"
    })
    void whatAStatusMeans(Verb verb, int status, String outcome) {
        assertEquals(outcome, BulkResponse.outcome(verb, new BulkResponse.Item(status, "why")).getClass().getSimpleName());
    }

    @Test
    void eachActionHasItsOwnOutcome() throws Exception {
        var read = BulkResponse.read(json("""
                {"took":3,"errors":true,"new_field":{"a":[1,{"items":[]}]},"items":[
                 {"index":{"_index":"i","_id":"1","status":200,"_shards":{"failed":0}}},
                 {"index":{"error":{"type":"mapper_parsing_exception","reason":"failed to parse field [n]","index_uuid":"u",
                   "caused_by":{"type":"illegal_argument_exception","reason":"out of range","suppressed":[{}]}},"status":400}},
                 {"delete":{"status":404,"result":"not_found"}},
                 {"index":{"status":409,"error":{"type":"version_conflict_engine_exception","reason":"higher"}}},
                 {"index":{"status":429,"error":{"type":"rejected_execution_exception","reason":"queue"}}}]}"""),
                List.of(action(Verb.INDEX), action(Verb.INDEX), action(Verb.DELETE), action(Verb.INDEX), action(Verb.INDEX)));
        assertEquals(List.of(Outcome.ACCEPTED, new Outcome.Refused("400 mapper_parsing_exception: failed to parse field [n];"
                + " caused by illegal_argument_exception: out of range", null), Outcome.ACCEPTED, Outcome.ACCEPTED,
                new Outcome.Retryable("429 rejected_execution_exception: queue", null)), read.outcomes());
        assertEquals(1, read.superseded());
    }

    @ParameterizedTest
    @CsvSource({"200, 200, Accepted", "429, 200, Retryable", "200, 429, Retryable", "400, 429, Refused", "429, 400, Refused"})
    void aChangeOfTwoActionsIsAsGoodAsItsWorse(int first, int second, String outcome) throws Exception {
        var read = BulkResponse.read(json("{\"items\":[{\"delete\":{\"status\":" + first + "}},{\"index\":{\"status\":" + second + "}}]}"),
                List.of(action(Verb.DELETE, Verb.INDEX)));
        assertEquals(outcome, read.outcomes().get(0).getClass().getSimpleName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"items\":[]}", "{\"items\":[{\"index\":{}}]}", "{\"items\":[{\"index\":{\"status\":200}}",
        "{\"items\":[{\"index\":{\"status\":200}},{\"index\":{\"status\":200}}]}"})
    void anAnswerThatIsNoneIsNoOutcome(String body) {
        assertThrows(IOException.class, () -> BulkResponse.read(json(body), List.of(action(Verb.INDEX))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"error\":{\"root_cause\":[{\"type\":\"x\"}],\"type\":\"security_exception\",\"reason\":\"no permissions\"},\"status\":403}"
                + "| security_exception: no permissions",
        "{\"error\":\"no handler\",\"status\":400} | no handler",
        "{\"message\":\"Forbidden\"} | {\"message\":\"Forbidden\"}",
        "<html>gateway</html> | <html>gateway</html>"
    })
    void theReasonOfAWholeRequest(String body, String reason) {
        assertEquals(reason, BulkResponse.error(body));
    }

    private static BulkAction action(Verb... verbs) {
        return BulkAction.of(List.of(), List.of(verbs));
    }

    private static ByteArrayInputStream json(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
