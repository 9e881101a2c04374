package io.distributary.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.distributary.sandbox.Stack;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue of a test's own and all that has arrived there, in the order of arrival. Not thread-safe. */
final class SqsInbox {
    final String name;

    private final Stack stack;
    private final String url;
    private final List<Message> arrived = new ArrayList<>();

    /** Creates the queue; a FIFO queue where the name ends in {@code .fifo}. */
    SqsInbox(Stack stack, String name) {
        this.stack = stack;
        this.name = name;
        url = stack.sqs().createQueue(create -> create.queueName(name)
                .attributes(name.endsWith(".fifo") ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.of())).queueUrl();
    }

    /** Also gets what is published to the topic, as it is; creates the topic where there is none. */
    SqsInbox subscribedTo(String topic) {
        String topicArn = stack.sns().createTopic(create -> create.name(topic)
                .attributes(topic.endsWith(".fifo") ? Map.of("FifoTopic", "true") : Map.of())).topicArn();
        String queueArn = stack.sqs().getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes().get(QueueAttributeName.QUEUE_ARN);
        stack.sns().subscribe(subscribe -> subscribe.topicArn(topicArn).protocol("sqs").endpoint(queueArn)
                .attributes(Map.of("RawMessageDelivery", "true")));
        return this;
    }

    /** Takes the queue away, and what is in it. */
    void delete() {
        stack.sqs().deleteQueue(delete -> delete.queueUrl(url));
    }

    /** All that has arrived until now. */
    List<Message> look() {
        List<Message> batch;
        do {
            batch = stack.sqs().receiveMessage(receive -> receive.queueUrl(url).maxNumberOfMessages(10)
                    .messageAttributeNames("All").attributeNames(QueueAttributeName.ALL)).messages();
            batch.forEach(message -> stack.sqs().deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle())));
            arrived.addAll(batch);
        } while (!batch.isEmpty());
        return List.copyOf(arrived);
    }
}
