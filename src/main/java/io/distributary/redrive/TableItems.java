package io.distributary.redrive;

import io.distributary.config.AwsConnection;
import io.distributary.config.Setting;
import io.distributary.event.ChangeEvent;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** Reads items as their tables have them now, consistently. The client is made when first needed. Thread-safe. */
final class TableItems implements Redrive.Items {
    private final CamelContext context;
    private DynamoDbClient client;

    TableItems(CamelContext context) {
        this.context = context;
    }

    @Override
    public TableItem of(ChangeEvent change) {
        String table = change.source().tableName();
        if (change.keys().isEmpty()) {
            return TableItem.unknown("the change has no keys to look for in table " + table);
        }
        try {
            GetItemResponse answer = client().getItem(get -> get.tableName(table).key(change.keys()).consistentRead(true));
            if (answer.hasItem() && !answer.item().isEmpty()) {
                return TableItem.of(answer.item());
            }
            return OnlyTargetSteps.of(context).rewrites()
                    ? TableItem.unknown("table " + table + " has no such item, but a route changes attributes, and may have changed the key")
                    : TableItem.of(null);
        } catch (SdkException e) {
            return TableItem.unknown("table " + table + " cannot be asked for the item (dynamodb:GetItem): "
                    + String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " "));
        }
    }

    private synchronized DynamoDbClient client() {
        if (client == null) {
            client = AwsConnection.of(context).configure(DynamoDbClient.builder(), Setting.AWS_ENDPOINT_DYNAMODB).build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
