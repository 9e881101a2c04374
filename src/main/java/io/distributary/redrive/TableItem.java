package io.distributary.redrive;

import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item as its table has it now.
 *
 * @param unknown why it could not be read, or null
 * @param item    null where there is none
 */
record TableItem(String unknown, Map<String, AttributeValue> item) {
    static TableItem unknown(String why) {
        return new TableItem(why, null);
    }

    /** @param item null where there is none */
    static TableItem of(Map<String, AttributeValue> item) {
        return new TableItem(null, item);
    }
}
