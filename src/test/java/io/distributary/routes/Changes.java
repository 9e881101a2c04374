package io.distributary.routes;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Changes of the orders table as the source delivers them. */
public final class Changes {
    static final StreamSource SOURCE = new StreamSource("orders",
            "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-11-20T00:00:00.000", "shardId-1", "pk", "sk");

    private static final AtomicLong SEQUENCE = new AtomicLong(100_000_000_000_000_000L);

    private Changes() {
    }

    /** A change with both images as far as its kind has them. */
    public static ChangeEvent of(String eventName, String partitionKey) {
        return of(eventName, partitionKey, AttributeValue.fromN("9.90"));
    }

    /** As {@link #of(String, String)}, with this value as {@code total}. */
    public static ChangeEvent of(String eventName, String partitionKey, AttributeValue total) {
        String sequence = Long.toString(SEQUENCE.incrementAndGet());
        Map<String, AttributeValue> keys = Map.of("pk", AttributeValue.fromS(partitionKey), "sk", AttributeValue.fromS("METADATA"));
        Map<String, AttributeValue> image = Map.of("pk", keys.get("pk"), "sk", keys.get("sk"), "total", total);
        return ChangeEvent.of(Record.builder().eventID("event-" + sequence).eventName(eventName).eventVersion("1.1")
                .eventSource("aws:dynamodb").awsRegion("us-east-1").dynamodb(change -> {
                    change.keys(keys).sequenceNumber(sequence).sizeBytes(100L).streamViewType("NEW_AND_OLD_IMAGES")
                            .approximateCreationDateTime(Instant.ofEpochSecond(1_795_000_000L));
                    if (!eventName.equals("REMOVE")) {
                        change.newImage(image);
                    }
                    if (!eventName.equals("INSERT")) {
                        change.oldImage(image);
                    }
                }).build(), SOURCE);
    }

    /** Sends a change as the source does and returns the exchange when its routing is over. */
    public static Exchange send(ProducerTemplate template, ChangeEvent event) {
        return template.send("direct:changes", exchange -> {
            exchange.getMessage().setBody(event);
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
            event.writeHeaders(exchange.getMessage());
        });
    }
}
