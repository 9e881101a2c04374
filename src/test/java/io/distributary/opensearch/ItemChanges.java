package io.distributary.opensearch;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Changes of a table with the keys pk and sk, as the source delivers them. */
final class ItemChanges {
    static final StreamSource SOURCE = new StreamSource("Orders", "arn:stream", "shard", "pk", "sk");
    static final Instant CREATED = Instant.parse("2026-11-20T10:15:30Z");

    private ItemChanges() {
    }

    static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue n(String digits) {
        return AttributeValue.fromN(digits);
    }

    static ChangeEvent put(String key, long version, Map<String, AttributeValue> attributes) {
        return change(OperationType.MODIFY, key, version, null, attributes);
    }

    static ChangeEvent removed(String key, long version) {
        return change(OperationType.REMOVE, key, version, Map.of(), null);
    }

    /** Images get the keys added. */
    static ChangeEvent change(OperationType kind, String key, long version, Map<String, AttributeValue> oldImage,
            Map<String, AttributeValue> newImage) {
        Map<String, AttributeValue> keys = Map.of("pk", s(key), "sk", s("x"));
        return ChangeEvent.of(Record.builder().eventID(key + "@" + version).eventName(kind)
                .dynamodb(change -> change.keys(keys).oldImage(with(keys, oldImage)).newImage(with(keys, newImage))
                        .approximateCreationDateTime(CREATED).sequenceNumber(Long.toString(version)).sizeBytes(100L)).build(),
                SOURCE).withVersion(version);
    }

    private static Map<String, AttributeValue> with(Map<String, AttributeValue> keys, Map<String, AttributeValue> attributes) {
        if (attributes == null) {
            return null;
        }
        Map<String, AttributeValue> image = new HashMap<>(attributes);
        image.putAll(keys);
        return image;
    }

    /** As the source sends it; completes with the exchange when its routing is over. */
    static CompletableFuture<Exchange> send(CamelContext context, String to, ChangeEvent event) {
        return context.createProducerTemplate().asyncSend(to, exchange -> {
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
            exchange.getMessage().setBody(event);
        });
    }
}
