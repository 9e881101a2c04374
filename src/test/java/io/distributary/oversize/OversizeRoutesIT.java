package io.distributary.oversize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.coalesce.DeliveryException;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.event.StreamSource;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Changes that are too large, through the targets' own endpoints. */
@WithSandbox({Service.NATS, Service.SQS, Service.SNS, Service.S3})
final class OversizeRoutesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SQS_LIMIT = 100_000;

    private final String name = Stack.uniqueName("orders");
    private DefaultCamelContext context;
    private ProducerTemplate template;

    @BeforeEach
    void start(Stack stack) throws Exception {
        stack.s3().createBucket(create -> create.bucket(name));
        stack.sns().createTopic(create -> create.name(name));
        stack.sqs().createQueue(create -> create.queueName(name));
        stack.nats().jetStreamManagement().addStream(StreamConfiguration.builder().name(name).subjects(name + ".>").build());
        context = new DefaultCamelContext();
        Properties settings = new Properties();
        settings.putAll(stack.settings(Service.NATS, Service.SQS, Service.SNS, Service.S3));
        settings.setProperty("claim-check.bucket", name);
        context.getPropertiesComponent().setInitialProperties(settings);
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void natsTakesTheServersLimitToTheByte(Stack stack) throws Exception {
        int limit = (int) stack.nats().getMaxPayload();
        byte[] fits = payloadOf("f", limit);

        template.sendBodyAndHeader(nats("fail"), fits, "Nats-Msg-Id", "f");

        DeliveryException failure = fails(nats("fail"), payloadOf("f", limit + 1));
        assertTrue(failure.isPermanent());
        assertTrue(failure.reason().startsWith("the message has " + (limit + 1) + " bytes, attributes included; the limit is " + limit),
                failure.reason());
    }

    /** A body that makes a message of so many bytes, with the one header that it has. */
    private static byte[] payloadOf(String id, int bytes) {
        return new byte[bytes - ("NATS/1.0\r\nNats-Msg-Id:" + id + "\r\n\r\n").length()];
    }

    @Test
    void natsGetsTheChangeWithoutItsOldImage(Stack stack) throws Exception {
        ChangeEvent event = modify(600_000);

        template.sendBody(nats("drop-old-image"), event);

        JsonNode sent = JSON.readTree(natsMessage(stack).getData());
        assertTrue(sent.get("old_image_dropped").asBoolean());
        assertFalse(sent.has("old_image"));
        assertEquals("[\"text\"]", sent.get("changed").toString());
        assertEquals("e1", natsMessage(stack).getHeaders().getFirst("Nats-Msg-Id"));
    }

    @Test
    void natsGetsAPointerAndKeepsItsHeaders(Stack stack) throws Exception {
        ChangeEvent event = modify(600_000);

        template.sendBodyAndHeader(nats("claim-check"), event, "trace", "t1");

        assertClaim(stack, new String(natsMessage(stack).getData(), StandardCharsets.UTF_8), event);
        assertEquals("t1", natsMessage(stack).getHeaders().getFirst("trace"));
        assertEquals("e1", natsMessage(stack).getHeaders().getFirst("Nats-Msg-Id"));
    }

    @Test
    void sqsFailsNamingSizeAndLimit() {
        DeliveryException failure = fails(sqs("fail"), "x".repeat(SQS_LIMIT));

        assertTrue(failure.isPermanent());
        assertEquals("the message has 100018 bytes, attributes included; the limit is 100000; oversize=DROP_OLD_IMAGE or CLAIM_CHECK"
                + " can make it smaller", failure.reason());
    }

    @Test
    void sqsGetsTheChangeWithoutItsOldImage(Stack stack) throws Exception {
        template.sendBody(sqs("drop-old-image"), modify(60_000));

        JsonNode sent = JSON.readTree(sqsMessage(stack).body());
        assertTrue(sent.get("old_image_dropped").asBoolean());
        assertEquals(60_000, sent.at("/new_image/text").asText().length());
    }

    @Test
    void sqsGetsAPointerAndKeepsItsAttributes(Stack stack) throws Exception {
        ChangeEvent event = modify(60_000);

        template.sendBodyAndHeader(sqs("claim-check"), event, "trace", "t1");

        Message message = sqsMessage(stack);
        assertClaim(stack, message.body(), event);
        assertEquals("t1", message.messageAttributes().get("trace").stringValue());
    }

    @Test
    void snsPublishesAPointerThatReachesTheSubscriber(Stack stack) throws Exception {
        ChangeEvent event = modify(60_000);
        String url = stack.sqs().getQueueUrl(get -> get.queueName(name)).queueUrl();
        String queueArn = stack.sqs().getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
        String topic = stack.sns().createTopic(create -> create.name(name)).topicArn();
        stack.sns().subscribe(subscribe -> subscribe.topicArn(topic).protocol("sqs").endpoint(queueArn)
                .attributes(Map.of("RawMessageDelivery", "true")));

        template.sendBodyAndHeader(sns("claim-check"), event, "trace", "t1");

        Message message = sqsMessage(stack);
        assertClaim(stack, message.body(), event);
        assertEquals("t1", message.messageAttributes().get("trace").stringValue());
        DeliveryException failure = fails(sns("drop-old-image"), "x".repeat(SQS_LIMIT));
        assertTrue(failure.reason().endsWith("it has no old image that could be left out: it carries no change"), failure.reason());
    }

    @Test
    void aStockProducerRefusesWhatItWouldIgnore() {
        for (String endpoint : new String[] {sqs("claim-check") + "&coalesce=false", sns("claim-check") + "&coalesce=false", nats("claim-check").replace("jetstreamEnabled=true", "jetstreamEnabled=false")}) {
            Throwable refused = assertThrows(Exception.class, () -> template.sendBody(endpoint, "x"));
            while (refused.getCause() != null) {
                refused = refused.getCause();
            }
            assertTrue(refused.getMessage().contains(": oversize=CLAIM_CHECK needs "), refused.getMessage());
        }
    }

    private String nats(String policy) {
        return "nats:" + name + ".changes?jetstreamEnabled=true&oversize=" + policy;
    }

    private String sqs(String policy) {
        return "aws2-sqs:" + name + "?maxBatchBytes=" + SQS_LIMIT + "&oversize=" + policy;
    }

    private String sns(String policy) {
        return "aws2-sns:" + name + "?maxBatchBytes=" + SQS_LIMIT + "&oversize=" + policy;
    }

    private DeliveryException fails(String endpoint, Object body) {
        CamelExecutionException failure = assertThrows(CamelExecutionException.class,
                () -> template.sendBodyAndHeader(endpoint, body, "Nats-Msg-Id", "f"));
        return (DeliveryException) failure.getCause();
    }

    private MessageInfo natsMessage(Stack stack) throws Exception {
        return stack.nats().jetStreamManagement().getLastMessage(name, name + ".changes");
    }

    private Message sqsMessage(Stack stack) {
        String url = stack.sqs().getQueueUrl(get -> get.queueName(name)).queueUrl();
        return stack.sqs().receiveMessage(receive -> receive.queueUrl(url).waitTimeSeconds(5).messageAttributeNames("All"))
                .messages().get(0);
    }

    /** As docs/oversize.md tells a consumer. */
    private void assertClaim(Stack stack, String pointer, ChangeEvent event) throws Exception {
        JsonNode message = JSON.readTree(pointer);
        assertEquals(1, message.get("format_version").asInt());
        JsonNode claim = message.get("claim_check");
        String payload = stack.s3().getObjectAsBytes(get -> get.bucket(claim.get("bucket").asText()).key(claim.get("key").asText()))
                .asUtf8String();
        assertEquals(EventFormat.CHANGE_EVENT.toJson(event), payload);
        assertEquals("e1", message.get("event_id").asText());
    }

    private static ChangeEvent modify(int size) {
        return ChangeEvent.of(Record.builder().eventID("e1").eventName("MODIFY").dynamodb(change -> change
                .keys(Map.of("pk", AttributeValue.fromS("a"))).sequenceNumber("111").sizeBytes(2L * size)
                .oldImage(Map.of("pk", AttributeValue.fromS("a"), "text", AttributeValue.fromS("x".repeat(size))))
                .newImage(Map.of("pk", AttributeValue.fromS("a"), "text", AttributeValue.fromS("y".repeat(size))))).build(),
                new StreamSource("orders", "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/x", "shardId-1", "pk", null));
    }
}
