package io.distributary.sqs;

import java.util.Map;

import io.distributary.aws.BatchTargetContract;
import io.distributary.sandbox.scripted.Fault;
import io.distributary.sandbox.scripted.ScriptedSqs;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SqsProducerTest extends BatchTargetContract {
    SqsProducerTest() {
        super("aws2-sqs", new ScriptedSqs(), new Fault.Refuse(400, "QueueDoesNotExist", "no queue"));
    }

    @Override
    protected void assertResult(Exchange exchange) {
        assertTrue(exchange.getMessage().getHeader(Sqs2Constants.MESSAGE_ID, String.class).startsWith("id-of-"));
        assertEquals(32, exchange.getMessage().getHeader(Sqs2Constants.MD5_OF_BODY, String.class).length());
    }

    @Test
    void theStockProducerAndItsOperationsAreThere() throws Exception {
        assertNull(sending("orders?coalesce=false").sendAndWait("m", Map.of()).getException());
        assertTrue(server.calls().contains("SendMessage"));
        Exchange listed = sending("orders").sendAndWait("m", Map.of(Sqs2Constants.SQS_OPERATION, "listQueues"));
        assertNull(listed.getException());
        assertTrue(server.calls().contains("ListQueues"));
        assertFalse(server.calls().contains("SendMessageBatch"));
    }
}
