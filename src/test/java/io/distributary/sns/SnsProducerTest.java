package io.distributary.sns;

import java.util.List;
import java.util.Map;

import io.distributary.aws.BatchTargetContract;
import io.distributary.sandbox.scripted.Fault;
import io.distributary.sandbox.scripted.ScriptedSns;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sns.Sns2Constants;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SnsProducerTest extends BatchTargetContract {
    SnsProducerTest() {
        super("aws2-sns", new ScriptedSns(), new Fault.Refuse(404, "NotFound", "Topic does not exist"));
    }

    @Override
    protected void assertResult(Exchange exchange) {
        assertTrue(exchange.getMessage().getHeader(Sns2Constants.MESSAGE_ID, String.class).startsWith("id-of-"));
    }

    @Test
    void theStockProducerIsThereForItsOwnModes() throws Exception {
        assertNull(sending("orders?coalesce=false").sendAndWait("m", Map.of()).getException());
        assertTrue(server.calls().contains("Publish"));
        Exchange batch = sending("orders?batchEnabled=true").sendAndWait(
                List.of(PublishBatchRequestEntry.builder().id("a").message("m").build()), Map.of());
        assertNull(batch.getException());
        assertEquals("id-of-a", assertInstanceOf(PublishBatchResponse.class, batch.getMessage().getBody()).successful().get(0).messageId());
    }
}
