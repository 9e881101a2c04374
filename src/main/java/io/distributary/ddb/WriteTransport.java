package io.distributary.ddb;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.distributary.coalesce.Outcome;
import io.distributary.coalesce.Transport;
import io.micrometer.core.instrument.Counter;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Makes the writes of a change by a blocking client. A condition that does not hold is a success: the table has that or a
 * newer state already. Thread-safe.
 */
final class WriteTransport implements Transport<List<DynamoDbRequest>> {
    /**
     * Errors that lie in the item itself (DynamoDB's API reference, "Errors" of PutItem). All others pass, or a person can
     * repair them without touching the item, as a missing right or table.
     */
    private static final Set<String> REFUSED_ITEM = Set.of("ValidationException", "ItemCollectionSizeLimitExceededException",
            "SerializationException", "RequestEntityTooLarge");

    private final DynamoDbClient client;
    private final Counter superseded;

    /** @param superseded counts changes whose last write was not needed */
    WriteTransport(DynamoDbClient client, Counter superseded) {
        this.client = client;
        this.superseded = superseded;
    }

    @Override
    public CompletionStage<List<Outcome>> send(List<List<DynamoDbRequest>> messages) {
        List<Outcome> outcomes = new ArrayList<>(messages.size());
        messages.forEach(writes -> outcomes.add(write(writes)));
        return CompletableFuture.completedFuture(outcomes);
    }

    private Outcome write(List<DynamoDbRequest> writes) {
        boolean needed = true;
        for (DynamoDbRequest write : writes) {
            try {
                call(write);
                needed = true;
            } catch (ConditionalCheckFailedException e) {
                needed = false;
            } catch (RuntimeException e) {
                return outcome(e);
            }
        }
        if (!needed) {
            superseded.increment();
        }
        return Outcome.ACCEPTED;
    }

    private void call(DynamoDbRequest write) {
        if (write instanceof PutItemRequest put) {
            client.putItem(put);
        } else if (write instanceof UpdateItemRequest update) {
            client.updateItem(update);
        } else {
            client.deleteItem((DeleteItemRequest) write);
        }
    }

    private static Outcome outcome(RuntimeException failure) {
        AwsErrorDetails details = failure instanceof AwsServiceException refusal ? refusal.awsErrorDetails() : null;
        if (details == null) {
            return new Outcome.Retryable(failure.getMessage() == null ? failure.toString() : failure.getMessage(), failure);
        }
        String reason = (details.errorMessage() == null ? "" : details.errorMessage() + " ") + "(" + details.errorCode() + ")";
        return REFUSED_ITEM.contains(details.errorCode()) ? new Outcome.Refused(reason, failure) : new Outcome.Retryable(reason, failure);
    }
}
