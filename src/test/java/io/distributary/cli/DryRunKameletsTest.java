package io.distributary.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.distributary.diagnosis.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dry run says of kamelets and of the stock components' own operations. */
class DryRunKameletsTest extends DryRunHarness {
    @Test
    void anOperationOfTheStockComponentIsNoMessageOfTheChange() throws IOException {
        JsonNode outcome = dryRunOf(ExitCode.OK, """
                - setHeader: {name: CamelAwsSqsOperation, constant: purgeQueue}
                - to: aws2-sqs:orders
                - removeHeader: {name: CamelAwsSqsOperation}
                - setHeader: {name: operation, constant: DeleteIndex}
                - to: opensearch:search?indexName=orders
                """, event("e1", "INSERT", "A")).get(0);
        assertEquals(List.of("purgeQueue", "DeleteIndex"), steps(outcome, "would_send").stream()
                .map(send -> send.path("fields").path("operation").textValue()).toList(), outcome.toString());
        assertEquals(List.of("aws2-sqs://orders", "opensearch://search"), targets(outcome));
    }

    @Test
    void aFilterKameletSaysWhatItLeavesOut() throws IOException {
        List<JsonNode> outcomes = dryRunOf(ExitCode.OK, """
                - to: kamelet:distributary-event-name-filter-action?eventNames=INSERT
                - to: aws2-sqs:orders
                """, event("e1", "INSERT", "A"), event("e2", "REMOVE", "A"));
        assertEquals(List.of("goes on", "left out"), outcomes.stream().map(each -> steps(each, "filter").get(0).path("outcome").textValue()).toList());
        assertEquals("kamelet:distributary-event-name-filter-action", steps(outcomes.get(0), "filter").get(0).path("condition").textValue());
        assertEquals(List.of(1, 0), outcomes.stream().map(each -> targets(each).size()).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&exchangeMode=BATCH&batchSize=2"})
    void aRouteFromTheSourceKameletIsFedAsThatFeedsIt(String mode) throws IOException {
        List<JsonNode> outcomes = dryRunFrom(ExitCode.OK, HANDLED, "kamelet:distributary-ddb-streams-source?table=orders" + mode, "- to: aws2-sqs:orders\n",
                event("e1", "INSERT", "A"), event("e2", "INSERT", "B"));
        assertEquals(mode.isEmpty() ? List.of(1, 1) : List.of(2), outcomes.stream().map(each -> each.path("records").size()).toList());
        assertEquals(List.of("e1", "e2"), outcomes.stream().flatMap(each -> steps(each, "would_send").stream())
                .map(send -> send.path("event_id").textValue()).toList());
    }
}
