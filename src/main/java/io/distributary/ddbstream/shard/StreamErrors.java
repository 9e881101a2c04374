package io.distributary.ddbstream.shard;

import java.util.Set;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

/** What a failed call means for the one who made it. */
public final class StreamErrors {
    /** The kinds of failure that are handled differently. */
    public enum Kind {
        /** The iterator is older than 15 minutes: get another one at the same position. */
        EXPIRED_ITERATOR,
        /** The position is older than the stream's retention. */
        TRIMMED,
        /** The table, stream or shard does not exist. */
        NOT_FOUND,
        /** Credentials are missing, unknown or lack a right. */
        REFUSED,
        /** Throttled, unreachable, 5xx, timed out or unknown: try again later. */
        TRANSIENT
    }

    private static final Set<String> REFUSED_CODES = Set.of("AccessDeniedException", "UnrecognizedClientException",
            "InvalidSignatureException", "MissingAuthenticationTokenException", "MissingAuthenticationToken",
            "IncompleteSignatureException", "InvalidClientTokenId", "ExpiredTokenException", "NotAuthorized", "OptInRequired");

    private StreamErrors() {
    }

    public static Kind kind(Throwable error) {
        if (error instanceof ExpiredIteratorException) {
            return Kind.EXPIRED_ITERATOR;
        }
        if (error instanceof TrimmedDataAccessException) {
            return Kind.TRIMMED;
        }
        if (error instanceof ResourceNotFoundException) {
            return Kind.NOT_FOUND;
        }
        if (error instanceof AwsServiceException service && service.awsErrorDetails() != null
                && REFUSED_CODES.contains(service.awsErrorDetails().errorCode())) {
            return Kind.REFUSED;
        }
        // the SDK has no type of its own for a chain that ends without credentials
        if (error instanceof SdkClientException && String.valueOf(error.getMessage()).startsWith("Unable to load credentials")) {
            return Kind.REFUSED;
        }
        return Kind.TRANSIENT;
    }

    /** True when the credentials are known but lack the right to this call. */
    public static boolean accessDenied(Throwable error) {
        return error instanceof AwsServiceException service && service.awsErrorDetails() != null
                && "AccessDeniedException".equals(service.awsErrorDetails().errorCode());
    }

    /** One line: the server's own words with its code, or the innermost reason why it was not reached. */
    public static String reason(Throwable error) {
        if (error instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            return service.awsErrorDetails().errorCode() + ": " + service.awsErrorDetails().errorMessage();
        }
        Throwable innermost = error;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return innermost.getClass().getSimpleName() + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }
}
