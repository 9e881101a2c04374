package io.distributary.ddbstream;

import java.util.Map;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** DynamoDB Local inside the test's JVM, with tables whose items have a counter {@code n}. */
final class LocalTables implements AutoCloseable {
    final AmazonDynamoDBLocal local = DynamoDBEmbedded.create();
    final DynamoDbClient client = local.dynamoDbClient();

    void createTable(String table, boolean withStream) {
        client.createTable(request -> request.tableName(table).billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("pk"), attribute("sk"))
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .streamSpecification(stream -> {
                    stream.streamEnabled(withStream);
                    if (withStream) {
                        stream.streamViewType(StreamViewType.NEW_AND_OLD_IMAGES);
                    }
                }));
    }

    void switchStream(String table, boolean on) {
        client.updateTable(request -> request.tableName(table).streamSpecification(stream -> {
            stream.streamEnabled(on);
            if (on) {
                stream.streamViewType(StreamViewType.NEW_AND_OLD_IMAGES);
            }
        }));
    }

    void put(String table, String item, int n) {
        client.putItem(request -> request.tableName(table).item(Map.of("pk", AttributeValue.fromS(item),
                "sk", AttributeValue.fromS("METADATA"), "n", AttributeValue.fromN(Integer.toString(n)))));
    }

    /** Closes every open shard; each gets one child. */
    void rollOver() {
        local.triggerShardRollovers();
    }

    @Override
    public void close() {
        local.shutdownNow();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder().attributeName(name).attributeType(ScalarAttributeType.S).build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
