package io.distributary.nats;

import java.nio.charset.StandardCharsets;

import io.distributary.coalesce.Outcome;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PublishOutcomeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"stream":"S", "seq":7}                                                                        | Accepted  |
            {"stream":"S", "seq":7,"duplicate": true}                                                      | Accepted  |
            { "seq": 7, "stream": "S" }                                                                    | Accepted  |
            {"error":{"code":503,"err_code":10077,"description":"maximum messages exceeded"},"stream":"S"} | Retryable | maximum messages exceeded (503, 10077)
            {"error":{"code":503,"err_code":10008,"description":"temporarily unavailable"}}                | Retryable | temporarily unavailable (503, 10008)
            {"error":{"code":500,"err_code":10047,"description":"insufficient storage"}}                   | Retryable | insufficient storage (500, 10047)
            {"error":{"code":400,"err_code":10054,"description":"message size exceeds maximum allowed"}}   | Refused   | message size exceeds maximum allowed (400, 10054)
            {"error":{"code":400,"err_code":10109,"description":"invalid operation on sealed stream"}}     | Refused   | invalid operation on sealed stream (400, 10109)
            {"ok":true}                                                                                    | Retryable | the answer is no acknowledgement of JetStream
            hello                                                                                          | Retryable | Error parsing
            ''                                                                                             | Retryable | the answer is no acknowledgement of JetStream
            """)
    void anAnswerIsAcceptedOnlyWhenItSaysSo(String answer, String kind, String reason) {
        Message message = NatsMessage.builder().subject("inbox").data(answer.getBytes(StandardCharsets.UTF_8)).build();

        Outcome outcome = PublishOutcome.of(message, "orders.t");

        assertEquals(kind, outcome.getClass().getSimpleName());
        String told = outcome instanceof Outcome.Retryable retryable ? retryable.reason()
                : outcome instanceof Outcome.Refused refused ? refused.reason() : "";
        assertTrue(told.startsWith(reason == null ? "" : "subject orders.t: " + reason), told);
    }

    @Test
    void onlyAPublishThatIsNotPermittedNamesASubject() {
        assertEquals("orders.t", PublishOutcome.deniedSubject("Permissions Violation for Publish to \"orders.t\""));
        assertNull(PublishOutcome.deniedSubject("Permissions Violation for Subscription to \"_INBOX.x.*\""));
        assertNull(PublishOutcome.deniedSubject("Maximum Payload Violation"));
    }
}
