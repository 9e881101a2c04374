package io.distributary.event.camel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import io.distributary.event.EventFormat;
import org.apache.camel.CamelContext;
import org.apache.camel.TypeConversionException;
import org.apache.camel.TypeConverter;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** The converters as a plain Camel context finds them on the class path. */
class ChangeEventConverterTest {
    private final CamelContext context = new DefaultCamelContext();
    private final ChangeEvent event = DataTypesTest.event();
    private TypeConverter converter;

    @BeforeEach
    void start() {
        context.start();
        converter = context.getTypeConverter();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void textAndBytesAndStreamAreTheEnvelope() throws Exception {
        String json = EventFormat.CHANGE_EVENT.toJson(event);

        assertEquals(json, converter.mandatoryConvertTo(String.class, event));
        assertArrayEquals(json.getBytes("UTF-8"), converter.mandatoryConvertTo(byte[].class, event));
        assertArrayEquals(json.getBytes("UTF-8"), converter.mandatoryConvertTo(InputStream.class, event).readAllBytes());
    }

    @Test
    void mapIsTheNewImageWithExactNumbers() throws Exception {
        assertEquals(Map.of("pk", "a", "n", new BigDecimal("12345678901234567890.50")), converter.mandatoryConvertTo(Map.class, event));
    }

    @Test
    void jsonNodeIsTheEnvelopeWithExactNumbers() throws Exception {
        JsonNode json = converter.mandatoryConvertTo(JsonNode.class, event);

        assertEquals(new BigDecimal("12345678901234567890.50"), json.at("/new_image/n").decimalValue());
        assertEquals(EventFormat.CHANGE_EVENT.toJson(event), json.toString());
    }

    @Test
    void recordIsTheSdksOwn() throws Exception {
        assertSame(event.record(), converter.mandatoryConvertTo(Record.class, event));
    }

    @Test
    void routesConvertWithoutKnowingTheEvent() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").setHeader("text", simple("${bodyAs(String)}")).setHeader("n", simple("${bodyAs(java.util.Map)[n]}"))
                        .convertBodyTo(Map.class);
            }
        });

        var exchange = context.createProducerTemplate().send("direct:in", e -> e.getMessage().setBody(event));

        assertEquals(EventFormat.CHANGE_EVENT.toJson(event), exchange.getMessage().getHeader("text"));
        assertInstanceOf(Map.class, exchange.getMessage().getBody());
    }

    @Test
    void eventThatCannotBeConvertedSaysWhy() {
        var odd = ChangeEvent.of(Record.builder().eventID("e").eventName("INSERT")
                .dynamodb(StreamRecord.builder().keys(Map.of("pk", AttributeValue.fromS("a"))).build()).build(), event.source());

        for (Class<?> type : new Class<?>[] {String.class, byte[].class, InputStream.class, JsonNode.class, Map.class}) {
            var thrown = assertThrows(TypeConversionException.class, () -> converter.mandatoryConvertTo(type, odd));
            assertInstanceOf(EventConversionException.class, thrown.getCause(), type.getName());
        }
    }
}
