package io.distributary.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import io.distributary.event.EventFormat;
import io.distributary.routes.Changes;
import org.junit.jupiter.api.Test;
import org.opensearch.client.opensearch._types.ErrorResponse;
import org.opensearch.client.opensearch._types.OpenSearchException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.SqsException;

final class PermanentFailureTest {
    @Test
    void onlyWhatLiesInTheRecordIsPermanent() {
        Map<Throwable, Boolean> cases = new LinkedHashMap<>();
        cases.put(unconvertible(), true);
        cases.put(new RuntimeException(unconvertible()), true);
        cases.put(openSearch(400), true);
        cases.put(new CompletionException(openSearch(400)), true);
        cases.put(new org.apache.camel.ValidationException(null, "an attribute is missing"), true);
        cases.put(openSearch(404), true);
        cases.put(openSearch(408), false);
        cases.put(openSearch(429), false);
        cases.put(openSearch(500), false);
        cases.put(openSearch(503), false);
        cases.put(aws("InvalidMessageContents", 400), true);
        cases.put(aws("InvalidParameterValue", 400), true);
        cases.put(aws("AWS.SimpleQueueService.NonExistentQueue", 400), false);
        cases.put(aws("AccessDenied", 403), false);
        cases.put(aws("RequestThrottled", 400), false);
        cases.put(aws("InternalFailure", 500), false);
        cases.put(SdkClientException.create("Unable to connect"), false);
        cases.put(new IOException("No acknowledgement"), false);
        cases.put(new IllegalStateException("no idea"), false);
        cases.forEach((failure, permanent) -> assertEquals(permanent, PermanentFailure.isPermanent(failure), failure::toString));
    }

    private static EventConversionException unconvertible() {
        ChangeEvent noNewImage = Changes.of("REMOVE", "ORDER#1");
        return assertThrows(EventConversionException.class, () -> EventFormat.NATIVE_JSON.toJson(noNewImage));
    }

    private static OpenSearchException openSearch(int status) {
        return new OpenSearchException(ErrorResponse.of(r -> r.status(status).error(e -> e.type("some").reason("reason"))));
    }

    private static AwsServiceException aws(String code, int status) {
        return SqsException.builder().statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(code).build()).build();
    }
}
