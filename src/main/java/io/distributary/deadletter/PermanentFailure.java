package io.distributary.deadletter;

import java.util.Set;

import io.distributary.coalesce.DeliveryException;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.EventConversionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Predicate;
import org.apache.camel.TypeConversionException;
import org.apache.camel.ValidationException;
import org.opensearch.client.opensearch._types.OpenSearchException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Whether a failure lies in the record itself, so that every further attempt would fail in the same way. What may pass,
 * throttling, time-outs, a server's fault, missing rights or queues, is not permanent. A batch of more than one record is
 * not tried again as a whole: its source splits it, and what may pass is tried again with the single record. Thread-safe.
 */
public final class PermanentFailure implements Predicate {
    /** Error codes by which SQS and SNS refuse a message for what it is (their API references, "Errors"). */
    private static final Set<String> REFUSED_MESSAGE = Set.of("InvalidMessageContents", "InvalidParameterValue", "InvalidParameter",
            "ParameterValueInvalid");

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    @Override
    public boolean matches(Exchange exchange) {
        return ChangeEventBatch.size(exchange) > 1
                || isPermanent(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class));
    }

    /** Looks at the exception and all of its causes. */
    static boolean isPermanent(Throwable exception) {
        for (Throwable cause : Causes.of(exception)) {
            if (cause instanceof EventConversionException || cause instanceof InvalidPayloadException
                    || cause instanceof TypeConversionException || cause instanceof ValidationException) {
                return true;
            }
            if (cause instanceof DeliveryException refused) {
                return refused.isPermanent();
            }
            if (cause instanceof OpenSearchException refused) {
                int status = refused.status();
                return status >= 400 && status < 500 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS;
            }
            if (cause instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
                return REFUSED_MESSAGE.contains(refused.awsErrorDetails().errorCode());
            }
        }
        return false;
    }
}
