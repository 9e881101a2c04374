package io.distributary.diagnosis;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

import io.nats.client.AuthenticationException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A server that does not answer, or that refuses. */
final class ServerProblems extends Recogniser {
    ServerProblems(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Optional<Diagnosis> recognise(Failure failure) {
        String where = where(failure);
        return failure.innermost(AwsServiceException.class).map(refusal -> service(where, refusal))
                .or(() -> failure.innermost(SdkClientException.class).map(client -> client(where, failure, client)))
                .or(() -> failure.innermost(AuthenticationException.class).map(refusal -> Diagnosis.refused(
                        where + "NATS refused the connection: " + line(refusal) + ": check the nats.* settings")))
                .or(() -> failure.innermost(IOException.class).filter(io -> unanswered(failure) || isNats(io))
                        .map(io -> Diagnosis.unreachable(where + line(io))));
    }

    private static Diagnosis service(String where, AwsServiceException refusal) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        String what = details == null ? line(refusal)
                : details.serviceName() + ": " + details.errorMessage() + " (" + details.errorCode() + ")";
        boolean later = refusal.isThrottlingException() || refusal.isClockSkewException() || refusal.statusCode() >= 500;
        return later ? Diagnosis.unreachable(where + what) : Diagnosis.refused(where + what);
    }

    private static Diagnosis client(String where, Failure failure, SdkClientException client) {
        String message = line(client);
        if (message.startsWith("Unable to load credentials")) {
            return Diagnosis.configuration(where + "no AWS credentials found in environment, profile, web identity, container"
                    + " or instance role: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE");
        }
        if (message.contains("Unable to load region")) {
            return Diagnosis.configuration(where + "no AWS region: set aws.region, or AWS_REGION in the environment");
        }
        return unanswered(failure) || client.retryable() ? Diagnosis.unreachable(where + message)
                : Diagnosis.unexpected(where + message);
    }

    private static boolean unanswered(Failure failure) {
        return failure.causes().stream().anyMatch(cause -> cause instanceof ConnectException
                || cause instanceof UnknownHostException || cause instanceof SocketTimeoutException);
    }

    /** jnats has no type of its own for this. */
    private static boolean isNats(IOException failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("Unable to connect to NATS");
    }

    static String line(Throwable failure) {
        return failure.getMessage() == null || failure.getMessage().isBlank() ? failure.getClass().getSimpleName()
                : failure.getMessage();
    }
}
