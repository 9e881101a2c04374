package io.distributary.deadletter;

import java.nio.file.Path;
import java.util.Map;

import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Where dead letters are kept, each by its kamelet. */
enum Destination {
    SQS(Service.SQS), SNS_FIFO(Service.SNS), JETSTREAM(Service.NATS), S3(Service.S3), FILE(null);

    private final Service service;

    Destination(Service service) {
        this.service = service;
    }

    /** Null of the one that is no server. */
    Service service() {
        return service;
    }

    /** @param file of the one that is a file */
    String uri(String name, Path file) {
        return switch (this) {
            case SQS -> "kamelet:distributary-dead-letter-sqs-sink?queue=" + name;
            case SNS_FIFO -> "kamelet:distributary-dead-letter-sns-sink?topic=" + name + ".fifo";
            case JETSTREAM -> "kamelet:distributary-dead-letter-jetstream-sink?stream=" + name + "&subjectPrefix=" + name + "&retryTimeout=100";
            case S3 -> "kamelet:distributary-dead-letter-s3-sink?bucket=" + name;
            case FILE -> "kamelet:distributary-dead-letter-file-sink?file=" + file;
        };
    }

    /** As {@link io.distributary.deadletter.store.DeadLetterStores} opens it. */
    String store(String name, Path file) {
        return switch (this) {
            case SQS -> "sqs:" + name;
            case SNS_FIFO -> "sqs:" + name + ".fifo";
            case JETSTREAM -> "jetstream:" + name;
            case S3 -> "s3://" + name + "/dead-letters";
            case FILE -> "file:" + file;
        };
    }

    /** What is to be there before the route starts. */
    void create(Stack stack, String name) {
        switch (this) {
            case SQS -> stack.sqs().createQueue(create -> create.queueName(name));
            case SNS_FIFO -> {
                stack.sqs().createQueue(create -> create.queueName(name + ".fifo").attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")));
                String topic = stack.sns().createTopic(create -> create.name(name + ".fifo").attributes(Map.of("FifoTopic", "true"))).topicArn();
                stack.sns().subscribe(subscribe -> subscribe.topicArn(topic).protocol("sqs")
                        .endpoint("arn:aws:sqs:" + Stack.REGION + ":" + Stack.ACCOUNT + ":" + name + ".fifo"));
            }
            case S3 -> stack.s3().createBucket(create -> create.bucket(name));
            default -> {
            }
        }
    }
}
