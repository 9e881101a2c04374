package io.distributary.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.api.OrderedConsumerConfiguration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Changes as the source delivers them, and what became of them in a stream. */
final class JetStreamChanges {
    private static final StreamSource SOURCE = new StreamSource("t", "arn", "shardId-1", "pk", null);

    private JetStreamChanges() {
    }

    /** Its event id is {@code item-version}. */
    static ChangeEvent change(String item, int version) {
        return change(item, version, "");
    }

    static ChangeEvent change(String item, int version, String note) {
        Map<String, AttributeValue> keys = Map.of("pk", AttributeValue.fromS(item));
        return ChangeEvent.of(Record.builder().eventID(item + "-" + version).eventName(OperationType.INSERT)
                .dynamodb(change -> change.sequenceNumber(Integer.toString(version)).keys(keys)
                        .newImage(Map.of("pk", AttributeValue.fromS(item), "note", AttributeValue.fromS(note))))
                .build(), SOURCE);
    }

    static Exchange exchange(DefaultCamelContext context, ChangeEvent change) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(change);
        exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, change);
        change.writeHeaders(exchange.getMessage());
        return exchange;
    }

    /** The message ids that a stream holds, in its order. */
    static List<String> stored(Connection nats, String stream) throws Exception {
        var context = nats.getStreamContext(stream);
        long count = context.getStreamInfo().getStreamState().getMsgCount();
        List<String> ids = new ArrayList<>();
        if (count == 0) {
            return ids;
        }
        try (var consumer = context.createOrderedConsumer(new OrderedConsumerConfiguration()).iterate()) {
            while (ids.size() < count) {
                Message message = consumer.nextMessage(10_000);
                if (message == null) {
                    throw new IOException(stream + " gave " + ids.size() + " of its " + count + " messages, then none");
                }
                ids.add(message.getHeaders().getFirst(JetStreamMessage.MESSAGE_ID));
            }
        }
        return ids;
    }

    static boolean contains(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }
}
