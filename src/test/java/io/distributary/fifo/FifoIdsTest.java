package io.distributary.fifo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.distributary.event.ChangeEvent;
import io.distributary.routes.Changes;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sns.Sns2Component;
import org.apache.camel.component.aws2.sqs.Sqs2Component;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

final class FifoIdsTest {
    private final CamelContext context = new DefaultCamelContext();

    @Test
    void repeatedChangeHasTheSameIdsInAnotherExchange() {
        ChangeEvent event = Changes.of("MODIFY", "ORDER#1");
        assertEquals(event.eventId(), FifoIds.deduplicationId(exchange(event)));
        assertEquals(FifoIds.deduplicationId(exchange(event)), FifoIds.deduplicationId(exchange(event)));
        assertEquals("ORDER#1|METADATA", FifoIds.groupId(exchange(event)));
    }

    @Test
    void keyThatSqsDoesNotAllowIsHashed() {
        String group = FifoIds.groupId(exchange(Changes.of("MODIFY", "ORDER#Grüße, Welt")));
        assertTrue(group.matches("[\\x21-\\x7e]{1,128}"), group);
    }

    @Test
    void whatTheRouteSetsWins() {
        Exchange exchange = exchange(Changes.of("MODIFY", "ORDER#1"));
        exchange.getMessage().setHeader(FifoIds.DEDUPLICATION_ID, "mine");
        exchange.setProperty(Sqs2Constants.MESSAGE_GROUP_ID_PROPERTY, "my group");
        assertEquals("mine", FifoIds.deduplicationId(exchange));
        assertEquals("my group", FifoIds.groupId(exchange));
    }

    @Test
    void exchangeWithoutAChangeHasCamelsIdAndOneGroup() {
        Exchange exchange = exchange(null);
        assertEquals(exchange.getExchangeId(), FifoIds.deduplicationId(exchange));
        assertEquals(FifoIds.groupId(exchange), FifoIds.groupId(exchange(null)));
    }

    @Test
    void jarOnTheClassPathGivesTheComponentsTheseIds() {
        Exchange exchange = exchange(Changes.of("INSERT", "ORDER#2"));
        var sqs = context.getComponent("aws2-sqs", Sqs2Component.class).getConfiguration();
        assertEquals(FifoIds.deduplicationId(exchange), sqs.getMessageDeduplicationIdStrategy().getMessageDeduplicationId(exchange));
        assertEquals("ORDER#2|METADATA", sqs.getMessageGroupIdStrategy().getMessageGroupId(exchange));
        var sns = context.getComponent("aws2-sns", Sns2Component.class).getConfiguration();
        assertEquals(FifoIds.deduplicationId(exchange), sns.getMessageDeduplicationIdStrategy().getMessageDeduplicationId(exchange));
        assertEquals("ORDER#2|METADATA", sns.getMessageGroupIdStrategy().getMessageGroupId(exchange));
    }

    private Exchange exchange(ChangeEvent event) {
        Exchange exchange = new DefaultExchange(context);
        if (event != null) {
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
        }
        return exchange;
    }
}
