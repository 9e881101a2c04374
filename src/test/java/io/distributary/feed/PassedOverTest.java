package io.distributary.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Which records count as filtered, and which as delivered, where a route has {@code filter} blocks. */
class PassedOverTest {
    private static final String SEND = "to: {uri: \"aws2-sqs:q\"}";
    private static final Map<String, String> STEPS = Map.of(
            "one", filter("A", SEND),
            "steps before", "- setHeader: {name: x, constant: y}\n- log: \"${headers.x}\"\n"
                    + "- to: {uri: \"kamelet:distributary-mask-attributes-action\", parameters: {attributes: secret}}\n" + filter("A", SEND),
            "nested", filter("A", nested("B", SEND)),
            "two", filter("A", SEND) + filter("B", SEND),
            "sends outside", filter("A", SEND) + "- " + SEND + "\n",
            "sends before", "- " + SEND + "\n" + filter("A", SEND),
            "none", "- " + SEND + "\n",
            "stop", "- filter: {simple: \"${header.CamelAwsDdbStreamPartitionKey} == 'A'\", steps: [{stop: {}}]}\n- " + SEND + "\n");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private static String filter(String key, String step) {
        return "- " + nested(key, step) + "\n";
    }

    private static String nested(String key, String step) {
        return "filter: {simple: \"${header.CamelAwsDdbStreamPartitionKey} == '" + key + "'\", steps: [{" + step + "}]}";
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "one, A, delivered", "one, B, filtered",
        "steps before, A, delivered", "steps before, B, filtered",
        "nested, A, delivered", "nested, B, filtered",
        "two, A, delivered", "two, B, delivered", "two, C, filtered",
        "sends outside, A, delivered", "sends outside, B, delivered",
        "sends before, B, delivered",
        "none, A, delivered",
        "stop, A, filtered", "stop, B, delivered"})
    void aRecordThatNoFilterLetsPassIsFiltered(String steps, String key, String outcome) throws Exception {
        try (FedContext context = new FedContext((endpoint, behind) -> new DefaultAsyncProducer(behind) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                callback.done(true);
                return true;
            }
        })) {
            context.getRegistry().bind("meters", meters);
            KameletComponent kamelets = context.getComponent("kamelet", KameletComponent.class);
            kamelets.setLocation("file:kamelets");
            kamelets.setNoErrorHandler(true);
            context.getPropertiesComponent().addInitialProperty("aws.region", "us-east-1");
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.yaml", """
                    - route:
                        id: r
                        from:
                          uri: aws2-ddbstream:t
                          steps:
                    """ + STEPS.get(steps).indent(8)));
            context.start();
            CompletableFuture<Throwable> done = new CompletableFuture<>();
            RouteFeed.of(context, "r").orElseThrow().send(change(key), done::complete);
            assertNull(done.get(30, TimeUnit.SECONDS));
        }
        for (String each : new String[] {"delivered", "filtered"}) {
            assertEquals(each.equals(outcome) ? 1 : 0, meters.get("distributary.route.records").tag("outcome", each).counter().count(), each);
        }
    }

    private static ChangeEvent change(String key) {
        Map<String, AttributeValue> item = Map.of("pk", AttributeValue.fromS(key));
        StreamSource source = new StreamSource("t", "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s", "shardId-1", "pk", null);
        return ChangeEvent.of(Record.builder().eventID("e").eventName("INSERT").dynamodb(change -> change.keys(item).newImage(item)
                .sequenceNumber("1")).build(), source);
    }
}
