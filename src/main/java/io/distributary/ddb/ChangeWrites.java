package io.distributary.ddb;

import java.util.List;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/** The conditional writes that a change makes; each may be repeated, and refused by its condition, without harm. */
@FunctionalInterface
interface ChangeWrites {
    /**
     * Puts, updates and deletes to be made one after the other, also where the condition of one does not hold; none where
     * the change does nothing.
     *
     * @throws EventConversionException where the change lacks what they are made of
     */
    List<DynamoDbRequest> of(ChangeEvent event);
}
