package io.distributary.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.StreamSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.PredicateValidationException;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** The language as a route uses it, in a plain Camel context with nothing but the class path. */
class EventPatternLanguageTest {
    private static final String LARGE = "{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[{\"numeric\":[\">=\",100]}]}}}}";

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    static Stream<String> steps() {
        return Stream.of("""
                - filter:
                    expression:
                      language:
                        language: event-pattern
                        expression: '%s'
                    steps:
                      - setHeader: {name: large, constant: "true"}
                """.formatted(LARGE), """
                - choice:
                    when:
                      - expression:
                          language:
                            language: event-pattern
                            expression: |
                              {
                                "dynamodb": {
                                  "NewImage": { "total": { "N": [ { "numeric": [ ">=", 100 ] } ] } }
                                }
                              }
                        steps:
                          - setHeader: {name: large, constant: "true"}
                """, """
                - filter:
                    expression:
                      language:
                        language: event-pattern
                        expression: resource:classpath:event-patterns/large-orders.json
                    steps:
                      - setHeader: {name: large, constant: "true"}
                """, """
                - setHeader:
                    name: matched
                    expression:
                      language:
                        language: event-pattern
                        expression: '%s'
                - filter:
                    expression:
                      simple: "${header.matched}"
                    steps:
                      - setHeader: {name: large, constant: "true"}
                """.formatted(LARGE));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aYamlRouteBranchesByThePattern(String steps) throws Exception {
        yaml(steps);
        assertEquals("true", send(order("100")).getMessage().getHeader("large"));
        assertNull(send(order("99.999999999999999999999999999999999999")).getMessage().getHeader("large"));
    }

    @Test
    void validateFailsWhatDoesNotMatch() throws Exception {
        yaml("""
                - validate:
                    expression:
                      language:
                        language: event-pattern
                        expression: '%s'
                """.formatted(LARGE));
        assertNull(send(order("100")).getException());
        assertInstanceOf(PredicateValidationException.class, send(order("99")).getException());
    }

    @Test
    void theJavaDslHasItAsAnyLanguage(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("large.json"), LARGE);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").choice()
                        .when().language("event-pattern", "{\"eventName\":[\"REMOVE\"]}").setHeader("large", constant("never"))
                        .when(expression().language("event-pattern", "resource:" + file.toUri()).end()).setHeader("large", constant("true"));
            }
        });
        assertEquals("true", send(order("100")).getMessage().getHeader("large"));
        assertNull(send(order("1E1")).getMessage().getHeader("large"));
    }

    @Test
    void aPatternCanBeAPropertyOrHaveOneInside() throws Exception {
        context.getPropertiesComponent().addInitialProperty("my.pattern", LARGE);
        context.getPropertiesComponent().addInitialProperty("kind", "INSERT");
        yaml("""
                - filter:
                    expression: {language: {language: event-pattern, expression: '{{my.pattern?nested=false}}'}}
                    steps:
                      - filter:
                          expression:
                            language:
                              language: event-pattern
                              expression: '{"eventName": ["{{kind}}"], "dynamodb": {"Keys": {"pk": {"S": ["ORDER#1"] } } } }'
                          steps:
                            - setHeader: {name: large, constant: "true"}
                """);
        assertEquals("true", send(order("100")).getMessage().getHeader("large"));
        assertNull(send(order("99")).getMessage().getHeader("large"));
    }

    @Test
    void theChangeIsJudgedBesideABodyThatWasTransformed() throws Exception {
        yaml("""
                - transformDataType: {toType: "aws2-ddbstream:change-event"}
                """ + steps().findFirst().orElseThrow());
        assertEquals("true", send(order("100")).getMessage().getHeader("large"));
    }

    @Test
    void aBatchIsSplitFirst() throws Exception {
        yaml("""
                - split:
                    simple: "${body}"
                    steps:
                      - filter:
                          expression: {language: {language: event-pattern, expression: '%s'}}
                          steps:
                            - setProperty: {name: unused, constant: x}
                            - to: {uri: "mock:large"}
                """.formatted(LARGE));
        var large = context.getEndpoint("mock:large", org.apache.camel.component.mock.MockEndpoint.class);
        List<ChangeEvent> batch = List.of(order("100"), order("1"), order("200"));
        assertNull(send(batch).getException());
        assertEquals(List.of(batch.get(0), batch.get(2)), large.getExchanges().stream().map(each -> each.getMessage().getBody()).toList());
    }

    @Test
    void aWholeBatchIsRefused() throws Exception {
        yaml(steps().findFirst().orElseThrow());
        for (List<ChangeEvent> batch : List.of(List.of(order("100")), List.of(order("100"), order("1")))) {
            String message = send(batch).getException().getMessage();
            assertTrue(message.contains("batch of " + batch.size()) && message.contains("split"), message);
        }
    }

    @Test
    void withoutAChangeItSaysWhatIsMissing() throws Exception {
        yaml(steps().findFirst().orElseThrow());
        String message = context.createProducerTemplate().send("direct:in", exchange -> exchange.getMessage().setBody("text"))
                .getException().getMessage();
        assertTrue(message.startsWith("event-pattern needs a change") && message.contains("java.lang.String"), message);
    }

    @Test
    void aBadPatternIsRefusedWhenTheRouteIsLoaded() {
        Exception failure = assertThrows(Exception.class, () -> yaml("""
                - filter:
                    expression:
                      language:
                        language: event-pattern
                        expression: |
                          {
                            "eventName": [ "INSERT", { "prefixx": "M" } ]
                          }
                    steps:
                      - stop: {}
                """));
        EventPatternException refused = ObjectHelper.getException(EventPatternException.class, failure);
        assertNotNull(refused, failure::toString);
        assertEquals("event pattern, line 2, column 30: unknown operator prefixx: known are anything-but, cidr, equals-ignore-case,"
                + " exactly, exists, numeric, prefix, suffix, wildcard", refused.getMessage());
    }

    private void yaml(String steps) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.camel.yaml", """
                - route:
                    from:
                      uri: direct:in
                      steps:
                """ + steps.indent(8)));
    }

    private Exchange send(ChangeEvent event) {
        return context.createProducerTemplate().send("direct:in", exchange -> exchange.getMessage().setBody(event));
    }

    private Exchange send(List<ChangeEvent> batch) {
        Exchange exchange = new DefaultExchange(context);
        ChangeEventBatch.write(exchange, batch);
        return context.createProducerTemplate().send("direct:in", exchange);
    }

    private static ChangeEvent order(String total) {
        Map<String, AttributeValue> keys = Map.of("pk", AttributeValue.fromS("ORDER#1"));
        return ChangeEvent.of(Record.builder().eventID("1").eventName("INSERT").eventSource("aws:dynamodb").dynamodb(
                StreamRecord.builder().keys(keys).sequenceNumber("1").approximateCreationDateTime(Instant.EPOCH).newImage(Map.of("pk", keys.get("pk"), "total", AttributeValue.fromN(total))).build()).build(),
                new StreamSource("orders", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026", "shardId-1", "pk", null));
    }
}
