package io.distributary.sqs;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.distributary.LogLines;
import io.distributary.aws.Sending;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.TargetUnavailableException;
import io.distributary.event.ChangeEvent;
import io.distributary.fifo.FifoIds;
import io.distributary.routes.Changes;
import io.distributary.sandbox.scripted.Fault;
import io.distributary.sandbox.scripted.ScriptedSqs;
import io.distributary.sandbox.scripted.Sent;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What goes into a message, where to, and what is refused before anything is sent. */
class SqsMessagesTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ScriptedSqs sqs = new ScriptedSqs();

    @BeforeEach
    void settings() {
        Map.of("aws.endpoint.sqs", sqs.url(), "aws.region", "us-east-1")
                .forEach(context.getPropertiesComponent()::addInitialProperty);
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        sqs.close();
    }

    private Sending sending(String queueAndOptions) throws Exception {
        return new Sending(context, "aws2-sqs:" + queueAndOptions + (queueAndOptions.contains("?") ? "&" : "?")
                + "accessKey=x&secretKey=x");
    }

    private Sent sent(String queueAndOptions, Object body, Map<String, Object> headers) throws Exception {
        assertNull(sending(queueAndOptions).sendAndWait(body, headers).getException());
        return sqs.stored().get(sqs.stored().size() - 1);
    }

    @Test
    void declaredHeadersGoOutWithTheirTypesAndNothingElse() throws Exception {
        ChangeEvent event = Changes.of("INSERT", "ORDER#1");
        Sent sent = sent("orders?messageAttributeHeaders=event_id,event_name,table_name,price:Number,tags,tenant,raw", event,
                Map.of("price", "9.90", "tags", List.of("a", "b\"c"), "tenant", "t1", "secret", "no", "raw", new byte[] {1, 2}));
        assertEquals(Map.of("event_id", "String:" + event.eventId(), "event_name", "String:INSERT", "table_name", "String:orders",
                "price", "Number:9.90", "tags", "String.Array:[\"a\",\"b\\\"c\"]", "tenant", "String:t1", "raw", "Binary:AQI="),
                sent.attributes());
        assertTrue(sent.body().contains(event.eventId()), sent.body());
    }

    @Test
    void withoutADeclarationTheStockRuleHolds() throws Exception {
        Sent sent = sent("orders", "m", Map.of("count", 3, "name", "n", "CamelInternal", "no", "empty", ""));
        assertEquals(Map.of("count", "Number.int:3", "name", "String:n"), sent.attributes());
    }

    @Test
    void whatIsMoreThanTenAttributesIsSaidOnceOrRefused() throws Exception {
        Map<String, Object> twelve = IntStream.range(0, 12).boxed().collect(Collectors.toMap(i -> "h" + (char) ('a' + i), i -> "v"));
        try (LogLines log = LogLines.of(SqsMessages.class.getName())) {
            Sending sending = sending("orders");
            sending.sendAndWait("m", twelve);
            sending.sendAndWait("m", twelve);
            assertEquals(10, sqs.stored().get(1).attributes().size());
            assertEquals(1, log.lines().size(), () -> log.lines().toString());
            assertTrue(log.lines().get(0).contains("messageAttributeHeaders"), log.lines().get(0));
        }
        DeliveryException failure = assertInstanceOf(DeliveryException.class,
                sending("orders?messageHeaderExceededLimit=FAIL").sendAndWait("m", twelve).getException());
        assertTrue(failure.isPermanent());
    }

    @Test
    void aHeaderThatDoesNotFitItsTypeFailsTheMessageWithoutItsValue() throws Exception {
        DeliveryException failure = assertInstanceOf(DeliveryException.class, sending("orders?messageAttributeHeaders=price:Number")
                .sendAndWait("m", Map.of("price", "cheap")).getException());
        assertTrue(failure.isPermanent());
        assertTrue(failure.getMessage().contains("price") && !failure.getMessage().contains("cheap"), failure::getMessage);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "messageAttributeHeaders=a b; cannot name", "messageAttributeHeaders=a,b,c,d,e,f,g,h,i,j,k; more than 10",
            "messageAttributeHeaders=a,A; twice", "messageAttributeHeaders=a:Text; none of the types",
            "maxBatchBytes=1048577; 1024 to 1048576", "linger=-1; 0 to 60000", "maxRequests=0; 1 to 50",
            "maxBufferedBytes=1; at least 1048576", "requestTimeout=0; 100 to 3600000"})
    void optionsOutOfRangeAreRefusedAtTheStart(String option, String reason) {
        Exception failure = assertThrows(ResolveEndpointFailedException.class, () -> sending("orders?" + option));
        assertTrue(failure.getMessage().contains("aws2-sqs:orders: ") && failure.getMessage().contains(reason), failure::getMessage);
    }

    @Test
    void fifoIdsAreTheItemsAndTheEventsUnlessSetOtherwise() throws Exception {
        ChangeEvent event = Changes.of("MODIFY", "ORDER#1");
        Sent sent = sent("orders.fifo", event, Map.of());
        assertEquals(List.of("ORDER#1|METADATA", event.eventId()), List.of(sent.group(), sent.deduplicationId()));
        assertEquals("mine", sent("orders.fifo", event, Map.of(FifoIds.DEDUPLICATION_ID, "mine")).deduplicationId());
        Sent constant = sent("orders.fifo?messageGroupIdStrategy=useConstant&messageDeduplicationIdStrategy=useContentBasedDeduplication",
                event, Map.of());
        assertEquals("CamelSingleMessageGroup", constant.group());
        assertNull(constant.deduplicationId());
        Sent standard = sent("orders", event, Map.of());
        assertNull(standard.group());
    }

    @Test
    void eachRecordOfABatchHasItsOwnIdsAndAttributes() throws Exception {
        List<ChangeEvent> events = List.of(Changes.of("INSERT", "ORDER#1"), Changes.of("INSERT", "ORDER#2"), Changes.of("INSERT", "ORDER#3"));
        Sending sending = sending("orders.fifo?messageAttributeHeaders=event_id,CamelAwsDdbStreamPartitionKey");
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(events);
        exchange.getMessage().setHeader(FifoIds.DEDUPLICATION_ID, "the batch's");
        assertNull(sending.send(exchange).get().getException());
        List<String> ids = events.stream().map(ChangeEvent::eventId).toList();
        assertEquals(ids, sqs.stored().stream().map(Sent::deduplicationId).sorted().toList());
        assertEquals(List.of("ORDER#1|METADATA", "ORDER#2|METADATA", "ORDER#3|METADATA"),
                sqs.stored().stream().map(Sent::group).sorted().toList());
        assertEquals(List.of("String:ORDER#1", "String:ORDER#2", "String:ORDER#3"),
                sqs.stored().stream().map(entry -> entry.attributes().get("CamelAwsDdbStreamPartitionKey")).sorted().toList());
        assertEquals(events, exchange.getMessage().getBody());
    }

    @Test
    void theDelayIsTheHeadersElseTheOptions() throws Exception {
        assertEquals("7", sent("orders?delaySeconds=3", "m", Map.of(Sqs2Constants.DELAY_HEADER, 7)).delay());
        assertEquals("3", sent("orders?delaySeconds=3", "m", Map.of()).delay());
        assertNull(sent("orders", "m", Map.of()).delay());
    }

    @Test
    void theQueueIsNamedByNameArnOrUrl() throws Exception {
        assertEquals(sqs.url() + "/000000000000/orders", sent("orders", "m", Map.of()).target());
        assertTrue(sqs.calls().contains("GetQueueUrl"));
        String theirs = sqs.url() + "/123456789012/orders";
        assertEquals(theirs, sent("arn:aws:sqs:us-east-1:123456789012:orders", "m", Map.of()).target());
        assertEquals(theirs, sent("orders?queueOwnerAWSAccountId=123456789012", "m", Map.of()).target());
        assertFalse(sqs.calls().contains("ListQueues"), "that knows only our own account's");
        String other = sqs.url() + "/123456789012/theirs.fifo";
        Sent byUrl = sent(other, Changes.of("INSERT", "ORDER#1"), Map.of());
        assertEquals(other, byUrl.target());
        assertEquals("ORDER#1|METADATA", byUrl.group());
        assertEquals(other, sent("theirs?queueUrl=" + other, "m", Map.of()).target());
    }

    /** GetQueueUrl needs a right at the queue that sending does not. */
    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:sqs:us-east-1:123456789012:orders", "orders?queueOwnerAWSAccountId=123456789012&region=us-east-1"})
    void anotherAccountsQueueNeedsNoRightToAskForIt(String uri) throws Exception {
        sqs.refuseOthers(new Fault.Refuse(403, "AccessDeniedException", "not authorized to perform sqs:GetQueueUrl"));
        assertTrue(URI.create(sent(uri, "m", Map.of()).target()).getPath().equals("/123456789012/orders"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "orders?queueUrl=http://x/1/orders", "arn:aws:sqs:us-east-1:123456789012:orders"})
    void aMissingQueueIsOneLineThatNamesItAndItsServer(String uri) {
        sqs.refuseOthers(new Fault.Refuse(400, "QueueDoesNotExist", "The specified queue does not exist."));
        Throwable failure = root(assertThrows(Exception.class, () -> sending(uri)));
        assertTrue(failure.getMessage().startsWith("There is no SQS queue orders ")
                && failure.getMessage().contains(" at " + sqs.url() + ": create it"), failure::getMessage);
        assertEquals(1, failure.getMessage().lines().count());
    }

    @Test
    void refusedCredentialsAreOneLine() {
        sqs.refuseOthers(new Fault.Refuse(403, "InvalidClientTokenId", "The security token is invalid."));
        Throwable failure = root(assertThrows(Exception.class, () -> sending("orders")));
        assertEquals("SQS queue orders at " + sqs.url() + " refuses us: The security token is invalid. (InvalidClientTokenId):"
                + " check the credentials and their rights (sqs:GetQueueUrl, sqs:SendMessage)", failure.getMessage());
    }

    private static Throwable root(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TargetUnavailableException) {
                return cause;
            }
        }
        throw new AssertionError(failure);
    }
}
