package io.distributary.deadletter.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.distributary.aws.AwsOutcomes;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The messages of a queue that were sent before it was opened. What has been handed out is invisible to others, for as long as
 * this lives; SQS ends that after twelve hours.
 */
final class SqsDeadLetters implements DeadLetterStore {
    private static final int MOST = 10;
    private static final Duration INVISIBLE = Duration.ofMinutes(2);
    /** With any wait at all SQS asks all of its servers, not some. */
    private static final int WAIT_SECONDS = 1;
    /** How far SQS's counts of messages lag behind what it hands out. */
    private static final Duration SETTLES = Duration.ofSeconds(5);
    /** So many later ones in a row, and the earlier ones are at their end: a queue that fills as it is read has none. */
    private static final int LATER_IN_A_ROW = 200;

    private final SqsClient sqs;
    private final SqsQueue queue;
    private final LetterReader letters;
    private final int invisibleSeconds;
    private final boolean othersAtFirst;
    private final Heartbeat heartbeat;
    private final Queue<StoredDeadLetter> read = new ArrayDeque<>();
    /** Receipt handles of what is stored still, by message id. */
    private final Map<String, String> held = new ConcurrentHashMap<>();
    /** Once in a while SQS delivers a message again that was deleted. */
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    private long lastReceived = System.nanoTime() - SETTLES.toNanos();

    private SqsDeadLetters(SqsClient sqs, SqsQueue queue, LetterReader letters, Duration invisible) {
        this.sqs = sqs;
        this.queue = queue;
        this.letters = letters;
        this.invisibleSeconds = (int) invisible.toSeconds();
        this.othersAtFirst = handedOut() > 0;
        this.heartbeat = new Heartbeat(name(), invisible.dividedBy(4), () -> visibility(invisibleSeconds));
    }

    static SqsDeadLetters open(CamelContext context, String queue, LetterReader letters) {
        return open(context, queue, letters, INVISIBLE);
    }

    /** @param invisible whole seconds: how long others do not get what a reader that crashed had */
    static SqsDeadLetters open(CamelContext context, String queue, LetterReader letters, Duration invisible) {
        SqsQueue.Address address = SqsQueue.Address.of(queue);
        SqsClient client = address.client(context);
        try {
            return new SqsDeadLetters(client, SqsQueue.find(client, address), letters, invisible);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "queue " + queue.name();
    }

    @Override
    public boolean hasNext() {
        int later = 0;
        while (read.isEmpty() && later < LATER_IN_A_ROW) {
            List<Message> messages = call(() -> sqs.receiveMessage(receive -> receive.queueUrl(queue.url()).maxNumberOfMessages(MOST)
                    .waitTimeSeconds(WAIT_SECONDS).visibilityTimeout(invisibleSeconds)
                    .messageSystemAttributeNames(MessageSystemAttributeName.SENT_TIMESTAMP)).messages());
            if (messages.isEmpty()) {
                return false;
            }
            lastReceived = System.nanoTime();
            messages.forEach(this::take);
            later += messages.size();
        }
        return !read.isEmpty();
    }

    private void take(Message message) {
        if (removed.contains(message.messageId())) {
            delete(message.receiptHandle());
            return;
        }
        boolean first = held.put(message.messageId(), message.receiptHandle()) == null;
        String sent = message.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP);
        if (!first || sent != null && Instant.ofEpochMilli(Long.parseLong(sent)).isAfter(queue.foundAt())) {
            return;
        }
        StoredDeadLetter letter = letters.read(SnsEnvelope.unwrap(message.body()), name() + ", message " + message.messageId(),
                message.messageId());
        if (letter != null) {
            read.add(letter);
        }
    }

    @Override
    public long withOthers() {
        if (!othersAtFirst) {
            return 0;
        }
        long others = Math.max(0, handedOut() - held.size());
        boolean settled = System.nanoTime() - lastReceived > SETTLES.toNanos();
        return others > 0 || settled ? others : 1;
    }

    /** To whomever; 0 where {@code sqs:GetQueueAttributes} is not permitted. */
    private long handedOut() {
        return call(() -> {
            try {
                String count = sqs.getQueueAttributes(get -> get.queueUrl(queue.url())
                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                        .attributes().get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
                return count == null ? 0 : Long.parseLong(count);
            } catch (AwsServiceException e) {
                if (!AwsOutcomes.code(e).startsWith("AccessDenied")) {
                    throw e;
                }
                return 0L; // not known, and not needed
            }
        });
    }

    @Override
    public StoredDeadLetter next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return read.remove();
    }

    @Override
    public void remove(StoredDeadLetter letter) {
        String receipt = held.get(letter.id());
        if (receipt != null) {
            delete(receipt);
            removed.add(letter.id());
            held.remove(letter.id());
        }
    }

    private void delete(String receipt) {
        call(() -> sqs.deleteMessage(delete -> delete.queueUrl(queue.url()).receiptHandle(receipt)));
    }

    /** Also of what is removed meanwhile, which SQS then says and nobody needs to know. */
    private void visibility(int seconds) {
        List<Map.Entry<String, String>> all = List.copyOf(held.entrySet());
        for (int i = 0; i < all.size(); i += MOST) {
            List<ChangeMessageVisibilityBatchRequestEntry> batch = all.subList(i, Math.min(all.size(), i + MOST)).stream()
                    .map(each -> ChangeMessageVisibilityBatchRequestEntry.builder().id(each.getKey()).receiptHandle(each.getValue())
                            .visibilityTimeout(seconds).build()).toList();
            call(() -> sqs.changeMessageVisibilityBatch(change -> change.queueUrl(queue.url()).entries(batch)));
        }
    }

    private <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new IllegalStateException(name() + ": " + AwsOutcomes.reason(e), e);
        }
    }

    @Override
    public void close() {
        heartbeat.close();
        try (sqs) {
            visibility(0);
        }
    }
}
