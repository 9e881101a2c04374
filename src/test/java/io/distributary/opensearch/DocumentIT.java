package io.distributary.opensearch;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.StreamSource;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What arrives in a real index through the endpoint of the settings. */
@WithSandbox(Service.OPENSEARCH)
class DocumentIT {
    private static final String DIGITS = "12345678901234567890123456789012345678";
    private static final StreamSource SOURCE = new StreamSource("orders", "arn:stream", "shard", "pk", "sk");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private String index;
    private volatile String afterwards;

    @BeforeEach
    void start(Stack stack) throws Exception {
        index = Stack.uniqueName("orders");
        // Mapped by itself, a number of 38 digits would be taken for a long and refused.
        assertEquals(200, stack.openSearch().send("PUT", "/" + index, """
                {"mappings":{"properties":{"new":{"type":"double"},"fraction":{"type":"double"}}}}""").status());
        stack.settings(Service.OPENSEARCH).forEach(context.getPropertiesComponent()::addInitialProperty);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:change").errorHandler(noErrorHandler())
                        .to("opensearch:c?indexName=" + index)
                        .process(exchange -> afterwards = Thread.currentThread().getName());
            }
        });
        context.start();
    }

    @AfterEach
    void stop(Stack stack) throws Exception {
        context.close();
        stack.openSearch().deleteIndex(index);
    }

    @Test
    void everyDigitOfANumberArrives(Stack stack) throws Exception {
        send("INSERT", Map.of("pk", s("ORDER#1"), "sk", s("a/b?c|d"), "new", n(DIGITS), "fraction", n("0." + DIGITS), "zz", s("end")));

        String source = source(stack, "ORDER#1|a/b?c\\|d");
        assertTrue(source.contains("\"new\":" + DIGITS + ","), source);
        assertTrue(source.contains("\"fraction\":0." + DIGITS + ","), source);
    }

    @Test
    void aRemovedItemsDocumentGoesAndAMissingOneIsNoFailure(Stack stack) {
        send("INSERT", Map.of("pk", s("ORDER#1"), "sk", s("x"), "new", n("1")));
        send("REMOVE", null);
        send("REMOVE", null);

        assertTrue(stack.openSearch().get(index, "ORDER#1|x").isEmpty());
    }

    @Test
    void theRouteDoesNotGoOnWithTheHttpClientsThread() {
        send("INSERT", Map.of("pk", s("ORDER#1"), "sk", s("x"), "new", n("1")));

        assertTrue(afterwards.contains("OpenSearchAnswer"), afterwards);
    }

    /** As it is stored: a JSON library on the way would round. */
    private String source(Stack stack, String id) throws Exception {
        URI document = URI.create(stack.endpoint(Service.OPENSEARCH) + "/" + index + "/_source/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8));
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(document).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void send(String eventName, Map<String, AttributeValue> image) {
        Map<String, AttributeValue> keys = image == null ? Map.of("pk", s("ORDER#1"), "sk", s("x"))
                : Map.of("pk", image.get("pk"), "sk", image.get("sk"));
        ChangeEvent event = ChangeEvent.of(Record.builder().eventID("e").eventName(eventName)
                .dynamodb(change -> change.keys(keys).newImage(image).sequenceNumber("1")).build(), SOURCE);
        Exchange sent = context.createProducerTemplate().send("direct:change", exchange -> {
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
            exchange.getMessage().setBody(event);
        });
        assertNull(sent.getException());
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(String digits) {
        return AttributeValue.fromN(digits);
    }
}
