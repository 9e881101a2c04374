package io.distributary.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Only what a dead letter channel has stored is a dead letter. */
class DeadLetterCountTest {
    @Test
    void whatADeadLetterChannelRefusesIsNoDeadLetter() throws Exception {
        DeadLetterCount count = new DeadLetterCount();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getManagementStrategy().addEventNotifier(count);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(deadLetterChannel("direct:dead").deadLetterHandleNewException(false).maximumRedeliveries(0));
                    from("direct:in").throwException(new IllegalStateException("the target does not take it"));
                    from("direct:dead").errorHandler(noErrorHandler()).filter(body().isEqualTo("refused"))
                            .throwException(new IllegalStateException("nor do the dead letters"));
                }
            });
            context.start();
            ProducerTemplate producer = context.createProducerTemplate();
            producer.send("direct:in", exchange -> exchange.getMessage().setBody("refused"));
            assertEquals(0, count.count());
            producer.send("direct:in", exchange -> exchange.getMessage().setBody("taken"));
            assertEquals(1, count.count());
        }
    }
}
