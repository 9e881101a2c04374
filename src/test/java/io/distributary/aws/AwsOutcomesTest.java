package io.distributary.aws;

import io.distributary.coalesce.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SqsException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

class AwsOutcomesTest {
    @ParameterizedTest
    @CsvSource({"InternalError, false, true", "ServiceUnavailable, true, true", "RequestThrottled, true, true",
            "ThrottledException, true, true", "KMSThrottlingException, true, true", "KmsAccessDenied, true, true",
            "AccessDenied, true, true", "AWS.SimpleQueueService.NonExistentQueue, true, true", "anything, false, true",
            "InvalidMessageContents, true, false", "InvalidParameterValue, true, false", "InvalidParameter, true, false",
            "anything, true, false"})
    void anEntryIsSentAgainUnlessItsMessageIsAtFault(String code, boolean senderFault, boolean again) {
        assertEquals(again, AwsOutcomes.ofEntry(code, "words", senderFault) instanceof Outcome.Retryable);
    }

    @ParameterizedTest
    @CsvSource({"500, InternalFailure, true", "503, x, true", "429, x, true", "408, x, true", "403, AccessDenied, true",
            "401, x, true", "404, NotFound, true", "400, QueueDoesNotExist, true", "400, RequestThrottled, true",
            "400, Throttling, true", "400, ExpiredToken, true", "400, RequestTimeTooSkewed, true",
            "400, InvalidParameterValue, false", "400, AWS.SimpleQueueService.BatchRequestTooLong, false", "413, x, false"})
    void aRequestIsSentAgainUnlessItsContentIsAtFault(int status, String code, boolean again) {
        AwsServiceException failure = SqsException.builder().statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("words").build()).build();
        assertEquals(again, AwsOutcomes.ofRequest(failure) instanceof Outcome.Retryable);
    }

    @Test
    void noAnswerIsSentAgainInTheClientsWords() {
        assertEquals("no route", assertInstanceOf(Outcome.Retryable.class,
                AwsOutcomes.ofRequest(SdkClientException.create("no route"))).reason());
        assertInstanceOf(Outcome.Retryable.class, AwsOutcomes.ofRequest(ApiCallTimeoutException.create(100)));
        assertInstanceOf(Outcome.Retryable.class, AwsOutcomes.ofRequest(new IllegalStateException("broken answer")));
        assertEquals("(X)", assertInstanceOf(Outcome.Refused.class, AwsOutcomes.ofEntry("X", null, true)).reason());
    }
}
