package io.distributary.aws;

import java.util.Locale;
import java.util.Set;

import io.distributary.coalesce.Outcome;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What an error of SQS or SNS means to a message: sent again, or refused for good. What a person can repair without
 * touching the message, as a missing right, queue, topic or key, is sent again: the record must not be lost for it.
 */
public final class AwsOutcomes {
    /** Errors that pass or can be repaired, though SQS and SNS answer them with status 400 and call them the sender's. */
    private static final Set<String> REPAIRABLE = Set.of("RequestThrottled", "Throttling", "ThrottlingException", "Throttled",
            "ThrottledException", "RequestLimitExceeded", "OverLimit", "TooManyRequestsException",
            "ServiceUnavailable", "InternalError", "InternalFailure", "InternalErrorException",
            "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", "QueueDeletedRecently",
            "AWS.SimpleQueueService.QueueDeletedRecently", "NotFound", "NotFoundException", "ResourceNotFoundException",
            "AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException", "InvalidSecurity",
            "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch", "InvalidSignatureException",
            "IncompleteSignature", "MissingAuthenticationToken", "ExpiredToken", "ExpiredTokenException", "RequestExpired",
            "OptInRequired", "AWS.SimpleQueueService.UnsupportedOperation", "EndpointDisabled", "EndpointDisabledException");

    private AwsOutcomes() {
    }

    /**
     * Of an entry that is among the failed ones of a batch.
     *
     * @param code        the entry's
     * @param message     the server's words, or null
     * @param senderFault as the server says
     */
    public static Outcome ofEntry(String code, String message, boolean senderFault) {
        String reason = (message == null || message.isBlank() ? "" : message + " ") + "(" + code + ")";
        return !senderFault || isRepairable(code) ? new Outcome.Retryable(reason, null) : new Outcome.Refused(reason, null);
    }

    /** Of a whole request that failed. */
    public static Outcome ofRequest(RuntimeException failure) {
        if (!(failure instanceof AwsServiceException refusal)) {
            return new Outcome.Retryable(reason(failure), failure);
        }
        int status = refusal.statusCode();
        boolean again = refusal.isThrottlingException() || refusal.isClockSkewException() || status >= 500 || status == 401
                || status == 403 || status == 404 || status == 408 || status == 429 || isRepairable(code(refusal));
        return again ? new Outcome.Retryable(reason(refusal), refusal) : new Outcome.Refused(reason(refusal), refusal);
    }

    /** The server's words and its error code, in one line. */
    public static String reason(RuntimeException failure) {
        if (failure instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null) {
            AwsErrorDetails details = refusal.awsErrorDetails();
            return (details.errorMessage() == null ? "" : details.errorMessage() + " ") + "(" + details.errorCode() + ")";
        }
        return failure instanceof SdkClientException && failure.getMessage() != null ? failure.getMessage() : failure.toString();
    }

    /** The error code, or an empty text. */
    public static String code(AwsServiceException refusal) {
        return refusal.awsErrorDetails() == null || refusal.awsErrorDetails().errorCode() == null ? ""
                : refusal.awsErrorDetails().errorCode();
    }

    private static boolean isRepairable(String code) {
        return code != null && (REPAIRABLE.contains(code) || code.toLowerCase(Locale.ROOT).startsWith("kms"));
    }
}
