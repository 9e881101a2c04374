package io.distributary.event.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import io.distributary.event.EventFormat;
import io.distributary.event.StreamSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** The data types as a route uses them, in a plain Camel context with nothing but the class path. */
class DataTypesTest {
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @EnumSource
    void eachFormatIsADataTypeInTheJavaDsl(EventFormat format) throws Exception {
        java("direct:in", format.dataType());

        var message = send("direct:in", event());

        assertEquals(format.toJson(event()), assertInstanceOf(String.class, message.getBody()));
        assertEquals(format == EventFormat.CLOUDEVENTS ? "application/cloudevents+json" : "application/json",
                message.getHeader(Exchange.CONTENT_TYPE));
    }

    @ParameterizedTest
    @EnumSource
    void eachFormatIsADataTypeInTheYamlDsl(EventFormat format) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.camel.yaml", """
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - transformDataType:
                            toType: "%s"
                """.formatted(format.dataType())));

        assertEquals(format.toJson(event()), send("direct:in", event()).getBody());
    }

    @Test
    void laterDataTypeStartsFromTheEventAgain() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .transformDataType("aws2-ddbstream:native-json")
                        .setHeader("native", body())
                        .setBody(constant("something else"))
                        .transformDataType("aws2-ddbstream:change-event");
            }
        });
        var event = event();

        var message = send("direct:in", event);

        assertEquals(EventFormat.NATIVE_JSON.toJson(event), message.getHeader("native"));
        assertEquals(EventFormat.CHANGE_EVENT.toJson(event), message.getBody());
        assertSame(event, message.getExchange().getProperty(ChangeEvent.EXCHANGE_PROPERTY));
    }

    @Test
    void cloudEventSetsCamelsCloudEventHeaders() throws Exception {
        java("direct:in", "aws2-ddbstream:cloudevents");

        var message = send("direct:in", event());

        assertEquals("1.0", message.getHeader(CloudEvent.CAMEL_CLOUD_EVENT_VERSION));
        assertEquals("e1", message.getHeader(CloudEvent.CAMEL_CLOUD_EVENT_ID));
        assertEquals("arn:aws:dynamodb:eu-west-1:123456789012:table/t", message.getHeader(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE));
        assertEquals("aws.dynamodb.insert", message.getHeader(CloudEvent.CAMEL_CLOUD_EVENT_TYPE));
        assertEquals("a", message.getHeader(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT));
        assertEquals("2026-11-20T10:15:30Z", message.getHeader(CloudEvent.CAMEL_CLOUD_EVENT_TIME));
        assertEquals("application/json", message.getHeader(CloudEvent.CAMEL_CLOUD_EVENT_DATA_CONTENT_TYPE));
    }

    @Test
    void eventThatCannotBeConvertedFailsTheExchangeAndStaysWhole() throws Exception {
        java("direct:in", "aws2-ddbstream:native-json");
        var event = ChangeEvent.of(Record.builder().eventID("e1").eventName("INSERT").dynamodb(StreamRecord.builder()
                .keys(Map.of("pk", AttributeValue.fromS("a"))).newImage(Map.of("n", AttributeValue.fromN("?"))).sequenceNumber("1").build())
                .build(), source());

        var exchange = context.createProducerTemplate().send("direct:in", e -> e.getMessage().setBody(event));

        assertEquals("new_image.n", assertInstanceOf(EventConversionException.class, exchange.getException()).path());
        assertSame(event, exchange.getMessage().getBody());
        assertNull(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE));
    }

    @Test
    void bodyWithoutAnEventIsRefusedWithWhatToDo() throws Exception {
        java("direct:in", "aws2-ddbstream:change-event");

        var exchange = context.createProducerTemplate().send("direct:in", e -> e.getMessage().setBody("text"));

        assertEquals("aws2-ddbstream:change-event needs a ChangeEvent as body, or as exchange property CamelAwsDdbStreamChangeEvent; "
                + "the body is java.lang.String. Use it in a route that starts from aws2-ddbstream.", exchange.getException().getMessage());
    }

    @Test
    void stockDataTypeOfTheSchemeStaysAvailable() throws Exception {
        java("direct:in", "aws2-ddbstream:application-cloudevents");

        assertTrue(send("direct:in", event()).getHeaders().containsKey(CloudEvent.CAMEL_CLOUD_EVENT_TYPE));
    }

    private void java(String from, String toType) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).transformDataType(toType);
            }
        });
    }

    private Message send(String uri, Object body) throws Exception {
        var exchange = context.createProducerTemplate().send(uri, e -> e.getMessage().setBody(body));
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage();
    }

    static ChangeEvent event() {
        return ChangeEvent.of(Record.builder().eventID("e1").eventName("INSERT").dynamodb(StreamRecord.builder()
                .keys(Map.of("pk", AttributeValue.fromS("a")))
                .newImage(Map.of("pk", AttributeValue.fromS("a"), "n", AttributeValue.fromN("12345678901234567890.50")))
                .approximateCreationDateTime(Instant.parse("2026-11-20T10:15:30Z")).sequenceNumber("1").build()).build(), source());
    }

    private static StreamSource source() {
        return new StreamSource("t", "arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/1", "s", "pk", null);
    }
}
