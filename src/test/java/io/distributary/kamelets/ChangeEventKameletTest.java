package io.distributary.kamelets;

import java.util.List;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ChangeEventKameletTest extends ActionRoutes {
    private final ChangeEvent event = modify(Map.of("n", n("1")), Map.of("n", n("12345678901234567890123456789012345678")));

    @ParameterizedTest
    @EnumSource
    void everyFormOfAChange(EventFormat format) throws Exception {
        start("change-event", Map.of("format", format.dataType().replace("aws2-ddbstream:", "")));
        send(event);
        assertEquals(format.toJson(event), passed.get(0).getMessage().getBody());
        assertTrue(passed.get(0).getMessage().getBody(String.class).contains("12345678901234567890123456789012345678"));
        assertSame(event, passed.get(0).getProperty(ChangeEvent.EXCHANGE_PROPERTY), "for filters and targets that follow");
        assertEquals(format == EventFormat.CLOUDEVENTS ? "application/cloudevents+json" : "application/json",
                passed.get(0).getMessage().getHeader(Exchange.CONTENT_TYPE));
    }

    @Test
    void theEnvelopeByDefault() throws Exception {
        start("change-event", Map.of());
        send(event);
        assertEquals(EventFormat.CHANGE_EVENT.toJson(event), passed.get(0).getMessage().getBody());
    }

    @Test
    void aChangeThatCannotHaveTheFormFails() throws Exception {
        start("change-event", Map.of("format", "native-json"));
        assertTrue(FilterKameletsTest.causes(send(event("REMOVE", "ORDER#1", "METADATA", Map.of(), null)).getException())
                .contains("new_image"));
        assertEquals(List.of(), passed);
    }
}
