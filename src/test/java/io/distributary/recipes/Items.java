package io.distributary.recipes;

import java.util.Map;

import io.distributary.sandbox.Stack;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** A table of a test's own with keys {@code pk} and {@code sk} and a stream of both images, and what the test does in it. */
final class Items {
    final String table;

    private final Stack stack;

    Items(Stack stack, String table) {
        this.stack = stack;
        this.table = table;
        stack.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
    }

    void put(String pk, String sk, Map<String, AttributeValue> attributes) {
        var item = new java.util.HashMap<>(attributes);
        item.putAll(key(pk, sk));
        stack.dynamoDb().putItem(put -> put.tableName(table).item(item));
    }

    void remove(String pk, String sk) {
        stack.dynamoDb().deleteItem(delete -> delete.tableName(table).key(key(pk, sk)));
    }

    /** As it is now; empty where it is not. */
    Map<String, AttributeValue> get(String pk, String sk) {
        return stack.dynamoDb().getItem(get -> get.tableName(table).key(key(pk, sk)).consistentRead(true)).item();
    }

    private static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS(sk));
    }
}
