package io.distributary.kamelets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.StreamSource;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Runs one action kamelet, as it is shipped, in a route of its own. */
abstract class ActionRoutes {
    final DefaultCamelContext camel = new DefaultCamelContext();
    /** What came out of the kamelet and went on. */
    final List<Exchange> passed = new ArrayList<>();

    @BeforeEach
    void findKamelets() {
        KameletComponent kamelets = camel.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation("file:kamelets");
        kamelets.setNoErrorHandler(true);
        camel.getRegistry().bind("after", (org.apache.camel.Processor) passed::add);
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    /** A route of the kamelet, begun and ended by other steps. */
    void start(String kamelet, Map<String, String> properties) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("action.camel.yaml", """
                - route:
                    id: action
                    errorHandler: {noErrorHandler: {}}
                    from:
                      uri: direct:in
                      steps:
                        - to:
                            uri: kamelet:distributary-%s-action
                            parameters: {%s}
                        - process:
                            ref: after
                """.formatted(kamelet, new TreeMap<>(properties).entrySet().stream()
                .map(each -> each.getKey() + ": '" + each.getValue() + "'").collect(Collectors.joining(", ")))));
        camel.start();
    }

    /** The exchange after the route, as the source would have made it before. */
    Exchange send(ChangeEvent event) {
        return send(exchange -> {
            exchange.getMessage().setBody(event);
            event.writeHeaders(exchange.getMessage());
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
        });
    }

    Exchange send(List<ChangeEvent> batch) {
        return send(exchange -> ChangeEventBatch.write(exchange, batch));
    }

    Exchange send(Consumer<Exchange> before) {
        Exchange exchange = new DefaultExchange(camel);
        before.accept(exchange);
        return camel.createProducerTemplate().send("direct:in", exchange);
    }

    static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue n(String digits) {
        return AttributeValue.fromN(digits);
    }

    static ChangeEvent insert(String pk, String sk, Map<String, AttributeValue> attributes) {
        return event("INSERT", pk, sk, null, attributes);
    }

    static ChangeEvent modify(Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        return event("MODIFY", "ORDER#1", "METADATA", before, after);
    }

    /** Of a table with string keys {@code pk} and {@code sk}; images hold the keys too. */
    static ChangeEvent event(String name, String pk, String sk, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
        Map<String, AttributeValue> keys = Map.of("pk", s(pk), "sk", s(sk));
        StreamRecord.Builder change = StreamRecord.builder().keys(keys).sequenceNumber("100000000000000000042").sizeBytes(100L)
                .streamViewType("NEW_AND_OLD_IMAGES");
        if (before != null) {
            change.oldImage(with(keys, before));
        }
        if (after != null) {
            change.newImage(with(keys, after));
        }
        return ChangeEvent.of(Record.builder().eventID("event-1").eventName(name).eventSource("aws:dynamodb").awsRegion("eu-central-1")
                .dynamodb(change.build()).build(), new StreamSource("orders",
                        "arn:aws:dynamodb:eu-central-1:111122223333:table/orders/stream/2026-01-31T12:00:00.000", "shardId-1", "pk", "sk"))
                .withVersion(7);
    }

    private static Map<String, AttributeValue> with(Map<String, AttributeValue> keys, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> all = new TreeMap<>(attributes);
        all.putAll(keys);
        return all;
    }
}
