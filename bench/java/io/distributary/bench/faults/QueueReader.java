package io.distributary.bench.faults;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** Takes everything from a queue, in its order, each message once; waits while the queue's server is down. */
final class QueueReader implements AutoCloseable {
    private static final int MESSAGES = 10;

    private final SqsClient sqs;
    private final String queueUrl;
    private final Consumer<String> bodies;
    /** One that could not be deleted comes again under the same id. */
    private final Set<String> taken = new HashSet<>();
    private final Thread thread = new Thread(this::run, "faults-queue");
    private volatile boolean closed;
    private volatile RuntimeException failure;

    QueueReader(SqsClient sqs, String queueUrl, Consumer<String> bodies) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.bodies = bodies;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed && failure == null) {
            try {
                take();
            } catch (SdkException e) {
                continue; // its server is down; the client has waited between its own retries
            } catch (RuntimeException e) {
                failure = e;
            }
        }
    }

    private void take() {
        var messages = sqs.receiveMessage(receive -> receive.queueUrl(queueUrl).maxNumberOfMessages(MESSAGES).waitTimeSeconds(1)).messages();
        for (var message : messages) {
            if (taken.add(message.messageId())) {
                bodies.accept(message.body());
            }
        }
        if (!messages.isEmpty()) {
            sqs.deleteMessageBatch(delete -> delete.queueUrl(queueUrl).entries(messages.stream().map(QueueReader::entry)
                    .collect(Collectors.toList())));
        }
    }

    private static DeleteMessageBatchRequestEntry entry(Message message) {
        return DeleteMessageBatchRequestEntry.builder().id(message.messageId()).receiptHandle(message.receiptHandle()).build();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }
}
