package io.distributary.sns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.distributary.aws.BatchTransport;
import io.distributary.aws.EntryOutcomes;
import io.distributary.coalesce.Coalescer;
import io.distributary.coalesce.CoalescingProducer;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Entry;
import io.distributary.coalesce.Outcome;
import io.distributary.coalesce.Part;
import io.distributary.coalesce.TargetHealth;
import io.distributary.coalesce.TargetMeters;
import io.distributary.coalesce.TargetThreads;
import io.distributary.metrics.Meters;
import io.distributary.oversize.Oversize;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;

/** Sends exchanges by PublishBatch, each completed by its own entry's result, to one topic or to that of each change. */
final class SnsProducer extends CoalescingProducer<SnsMessage> {
    /** Threads that continue routes after an answer. */
    private static final int WORKERS = 8;

    private final SnsEndpoint endpoint;
    private final SnsConfiguration options;
    private final TargetHealth health = new TargetHealth();
    private final TopicTags tags = new TopicTags();
    private SnsMessages messages;
    private TopicNames names;
    private TopicTargets topics;
    private SnsClient client;
    private Duration timeout;

    SnsProducer(SnsEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        String defaultArn = endpoint.requireTopic();
        client = endpoint.sendingClient();
        timeout = options.batchOptions().timeout();
        names = new TopicNames(endpoint.name(), options.getTopicAttribute(), options.getTopicPrefix(), defaultArn, this::find);
        CamelContext context = getEndpoint().getCamelContext();
        String name = defaultArn.isEmpty() ? SnsEndpoint.NO_TOPIC : Topic.nameOf(defaultArn);
        Oversize oversize = Oversize.open(context, "aws2-sns", name, endpoint.getOversizeOptions());
        messages = new SnsMessages(endpoint.name(), options, endpoint.getHeaderFilterStrategy(), oversize);
        TargetThreads threads = new TargetThreads(context, this, "SnsProducer", options.getMaxRequests(), WORKERS);
        topics = new TopicTargets(arn -> new Topic(arn, coalescer(context, threads, Topic.nameOf(arn))));
        open(threads, "aws2-sns:" + name, meters(context, name));
    }

    private Coalescer<SnsMessage> coalescer(CamelContext context, TargetThreads threads, String topic) {
        return new Coalescer<>("aws2-sns:" + topic, options.batchOptions().limits(), new BatchTransport<>(this::call),
                threads.forCoalescer(), meters(context, topic));
    }

    private TargetMeters meters(CamelContext context, String topic) {
        return new TargetMeters(Meters.of(context), "aws2-sns", tags.of(topic), health);
    }

    @Override
    protected void doStop() throws Exception {
        if (topics != null) {
            topics.close();
        }
        super.doStop();
    }

    private Optional<String> find(String name) {
        if (options.isAutoCreateTopic()) {
            return Optional.of(client.createTopic(request -> {
                request.name(name);
                if (Topic.isFifo(name)) {
                    request.attributes(Map.of("FifoTopic", "true"));
                }
            }).topicArn());
        }
        return client.listTopicsPaginator().topics().stream().map(topic -> topic.topicArn())
                .filter(arn -> Topic.nameOf(arn).equals(name)).findFirst();
    }

    @Override
    protected Message<SnsMessage> prepare(Part part) throws Exception {
        try {
            return messages.of(part, names.arnOf(part));
        } catch (IllegalArgumentException e) {
            throw new DeliveryException(endpoint.name(), part.id(), e.getMessage(), true, 0, e);
        }
    }

    @Override
    protected long maxMessageBytes() {
        return options.getMaxBatchBytes();
    }

    @Override
    protected void submit(Entry<SnsMessage> entry) throws InterruptedException {
        Topic topic = topics.acquire(entry.message().topicArn());
        try {
            topic.coalescer().submit(new Entry<>(entry.message(), entry.id(), entry.lane(), entry.bytes(), failure -> {
                topics.release(topic);
                entry.complete(failure);
            }));
        } catch (InterruptedException e) {
            topics.release(topic);
            throw e;
        }
    }

    /** All of one topic: each has a coalescer of its own. */
    private List<Outcome> call(List<SnsMessage> batch) {
        List<PublishBatchRequestEntry> entries = new ArrayList<>(batch.size());
        for (SnsMessage message : batch) {
            entries.add(message.entry().toBuilder().id(Integer.toString(entries.size())).build());
        }
        PublishBatchResponse response = client.publishBatch(request -> request.topicArn(batch.get(0).topicArn())
                .publishBatchRequestEntries(entries).overrideConfiguration(override -> override.apiCallTimeout(timeout)));
        EntryOutcomes outcomes = new EntryOutcomes(batch.size());
        response.failed().forEach(failed -> outcomes.failed(failed.id(), failed.code(), failed.message(), failed.senderFault()));
        response.successful().forEach(accepted -> batch.get(outcomes.accepted(accepted.id())).accepted(accepted.messageId()));
        return outcomes.inOrder();
    }
}
