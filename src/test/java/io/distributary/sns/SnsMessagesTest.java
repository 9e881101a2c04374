package io.distributary.sns;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.distributary.aws.Sending;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.TargetUnavailableException;
import io.distributary.event.ChangeEvent;
import io.distributary.routes.Changes;
import io.distributary.sandbox.scripted.Fault;
import io.distributary.sandbox.scripted.ScriptedSns;
import io.distributary.sandbox.scripted.Sent;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.aws2.sns.Sns2Constants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What goes into a message, which topic it goes to, and what is refused before anything is sent. */
class SnsMessagesTest {
    private static final String ARN = "arn:aws:sns:us-east-1:000000000000:";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ScriptedSns sns = new ScriptedSns();

    @BeforeEach
    void settings() {
        Map.of("aws.endpoint.sns", sns.url(), "aws.region", "us-east-1")
                .forEach(context.getPropertiesComponent()::addInitialProperty);
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        sns.close();
    }

    private Sending sending(String topicAndOptions) throws Exception {
        return new Sending(context, "aws2-sns:" + topicAndOptions + (topicAndOptions.contains("?") ? "&" : "?")
                + "accessKey=x&secretKey=x");
    }

    private Sent sent(String topicAndOptions, Object body, Map<String, Object> headers) throws Exception {
        assertNull(sending(topicAndOptions).sendAndWait(body, headers).getException());
        return sns.stored().get(sns.stored().size() - 1);
    }

    @Test
    void declaredHeadersGoOutWithTheTypesOfFilterPolicies() throws Exception {
        Sent sent = sent("orders?messageAttributeHeaders=event_name,price,count:Number,tags", Changes.of("INSERT", "ORDER#1"),
                Map.of("price", 9.5, "count", "3", "tags", List.of("a", 1, true), "secret", "no"));
        assertEquals(Map.of("event_name", "String:INSERT", "price", "Number:9.5", "count", "Number:3", "tags", "String.Array:[\"a\",1,true]"),
                sent.attributes());
    }

    @Test
    void withoutADeclarationTheStockRuleHolds() throws Exception {
        Sent sent = sent("orders", "m", Map.of("count", 3, "name", "n", "CamelInternal", "no", "tags", List.of("a", "b")));
        assertEquals(Map.of("count", "String:3", "name", "String:n", "tags", "String.Array:[\"a\", \"b\"]"), sent.attributes());
    }

    @Test
    void subjectAndStructureAreTheHeadersElseTheOptions() throws Exception {
        Sent options = sent("orders?subject=s&messageStructure=json", "{\"default\":\"m\"}", Map.of());
        assertEquals(List.of("s", "json"), List.of(options.subject(), options.structure()));
        Sent headers = sent("orders?subject=s", "{\"default\":\"m\"}",
                Map.of(Sns2Constants.SUBJECT, "h", Sns2Constants.MESSAGE_STRUCTURE, "json"));
        assertEquals(List.of("h", "json"), List.of(headers.subject(), headers.structure()));
        Sent none = sent("orders", "m", Map.of());
        assertNull(none.subject());
        assertNull(none.structure());
    }

    @Test
    void fifoTopicsGetTheItemAsGroupAndTheEventAsDeduplicationId() throws Exception {
        ChangeEvent event = Changes.of("MODIFY", "ORDER#1");
        Sent sent = sent("orders.fifo", event, Map.of());
        assertEquals(List.of("ORDER#1|METADATA", event.eventId()), List.of(sent.group(), sent.deduplicationId()));
        assertEquals("ORDER#1|METADATA", sent(ARN + "orders.fifo", event, Map.of()).group());
        assertNull(sent("orders", event, Map.of()).group());
    }

    @Test
    void eachRecordOfABatchIsAMessage() throws Exception {
        List<ChangeEvent> events = IntStream.range(0, 25).mapToObj(i -> Changes.of("INSERT", "ORDER#" + i)).toList();
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(events);
        assertNull(sending("orders.fifo?messageAttributeHeaders=event_id&linger=1000").send(exchange).get().getException());
        assertEquals(events.stream().map(event -> "String:" + event.eventId()).sorted().toList(),
                sns.stored().stream().map(each -> each.attributes().get("event_id")).sorted().toList());
        assertEquals(25, sns.stored().stream().map(Sent::deduplicationId).distinct().count());
        assertTrue(sns.batches().size() <= 4, () -> sns.batches().size() + " requests");
    }

    @Test
    void theTopicIsThatOfTheItemsAttributeWithThePrefixLookedUpOnce() throws Exception {
        Sending sending = sending("*?topicAttribute=total&topicPrefix=shop-&autoCreateTopic=true");
        for (int i = 0; i < 20; i++) {
            sending.send(Changes.of("INSERT", "ORDER#" + i, AttributeValue.fromS(i % 2 == 0 ? "created" : "paid")), Map.of());
        }
        sending.all().forEach(exchange -> assertNull(exchange.getException()));
        assertEquals(10, sns.stored().stream().filter(each -> each.target().equals(ARN + "shop-created")).count());
        assertEquals(10, sns.stored().stream().filter(each -> each.target().equals(ARN + "shop-paid")).count());
        assertEquals(2, sns.calls().stream().filter("CreateTopic"::equals).count());
        assertFalse(sns.calls().contains("ListTopics"));
    }

    @Test
    void anArnInTheAttributeIsTakenAsItIsAndWithoutOneTheUrisTopicCounts() throws Exception {
        String uri = "orders?topicAttribute=total&topicPrefix=shop-";
        assertEquals(ARN + "any.fifo", sent(uri, Changes.of("INSERT", "A", AttributeValue.fromS(ARN + "any.fifo")), Map.of()).target());
        assertEquals(ARN + "orders", sent(uri, Changes.of("INSERT", "A", AttributeValue.fromN("1")), Map.of()).target());
        assertEquals(ARN + "orders", sent("orders?topicAttribute=total", Changes.of("INSERT", "A", AttributeValue.fromS("orders")),
                Map.of()).target());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"*?topicAttribute=absent; has no text in the attribute absent; true",
            "*?topicAttribute=total; there is no topic nowhere: create it; false",
            "*?topicAttribute=total&topicPrefix=a/b; cannot name a topic; true"})
    void aChangeWithoutATopicFails(String uri, String reason, boolean permanent) throws Exception {
        DeliveryException failure = assertInstanceOf(DeliveryException.class, sending(uri)
                .sendAndWait(Changes.of("INSERT", "A", AttributeValue.fromS("nowhere")), Map.of()).getException());
        assertTrue(failure.getMessage().contains(reason), failure::getMessage);
        assertEquals(permanent, failure.isPermanent());
    }

    @Test
    void ofManyTopicsOnlyTheLastUsedAreKept() throws Exception {
        Sending sending = sending("*?topicAttribute=total&maxRequests=4");
        for (int i = 0; i < TopicTargets.KEPT + 50; i++) {
            sending.sendAndWait(Changes.of("INSERT", "A", AttributeValue.fromS(ARN + "t" + i)), Map.of());
        }
        sending.all().forEach(exchange -> assertNull(exchange.getException()));
        assertEquals(TopicTargets.KEPT + 50, sns.stored().stream().map(Sent::target).distinct().count());
    }

    @Test
    void anotherAccountsTopicIsAddressedByItsArnAndNotLookedFor() throws Exception {
        String theirs = "arn:aws:sns:us-east-1:123456789012:orders";
        assertEquals(theirs, sent(theirs, "m", Map.of()).target());
        assertEquals(theirs, sent("*?topicAttribute=total", Changes.of("INSERT", "A", AttributeValue.fromS(theirs)), Map.of()).target());
        assertEquals(theirs + ".fifo", sent(theirs + ".fifo", Changes.of("INSERT", "ORDER#1"), Map.of()).target());
        assertFalse(sns.calls().contains("ListTopics"), "that knows only our own account's");
    }

    @Test
    void aMissingTopicIsOneLine() {
        Exception failure = assertThrows(Exception.class, () -> sending("nowhere"));
        assertEquals("There is no SNS topic nowhere at " + sns.url() + ": create it, set autoCreateTopic=true, or correct its name",
                root(failure).getMessage());
        sns.refuseOthers(new Fault.Refuse(404, "NotFound", "Topic does not exist"));
        assertTrue(root(assertThrows(Exception.class, () -> sending(ARN + "gone"))).getMessage()
                .startsWith("There is no SNS topic " + ARN + "gone at "));
        sns.refuseOthers(new Fault.Refuse(403, "InvalidClientTokenId", "The security token is invalid."));
        assertTrue(root(assertThrows(Exception.class, () -> sending("orders"))).getMessage().contains("refuses us"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"*; names no topic", "orders?topicAttribute=a&coalesce=false; coalescing producer",
            "arn:aws:sqs:us-east-1:1:a; no topic's ARN", "orders?maxBatchBytes=1; 1024 to 1048576"})
    void whatCannotWorkIsRefusedAtTheStart(String uri, String reason) {
        Exception failure = assertThrows(ResolveEndpointFailedException.class, () -> sending(uri));
        assertTrue(failure.getMessage().contains(reason), failure::getMessage);
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
