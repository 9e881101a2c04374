package io.distributary.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.distributary.aws.BatchTransport;
import io.distributary.aws.EntryOutcomes;
import io.distributary.coalesce.Coalescer;
import io.distributary.coalesce.CoalescingProducer;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Outcome;
import io.distributary.coalesce.Part;
import io.distributary.coalesce.TargetMeters;
import io.distributary.coalesce.TargetThreads;
import io.distributary.metrics.Meters;
import io.distributary.oversize.Oversize;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.apache.camel.component.aws2.sqs.Sqs2Producer;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Sends exchanges by SendMessageBatch, each completed by its own entry's result; an operation goes to the stock producer. */
final class SqsProducer extends CoalescingProducer<SqsMessage> {
    /** Threads that continue routes after an answer. */
    private static final int WORKERS = 8;

    private final SqsEndpoint endpoint;
    private final SqsConfiguration options;
    private final Sqs2Producer operations;
    private SqsMessages messages;
    private String queueUrl;
    private SqsClient client;
    private Duration timeout;

    SqsProducer(SqsEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.operations = new Sqs2Producer(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        queueUrl = endpoint.requireQueue();
        client = endpoint.sendingClient();
        timeout = options.batchOptions().timeout();
        Oversize oversize = Oversize.open(getEndpoint().getCamelContext(), "aws2-sqs", options.getQueueName(), endpoint.getOversizeOptions());
        messages = new SqsMessages(endpoint.name(), options, endpoint.getHeaderFilterStrategy(), oversize);
        TargetMeters meters = new TargetMeters(Meters.of(getEndpoint().getCamelContext()), "aws2-sqs", options.getQueueName());
        TargetThreads threads = new TargetThreads(getEndpoint().getCamelContext(), this, "SqsProducer", options.getMaxRequests(),
                WORKERS);
        open(threads, new Coalescer<>(endpoint.name(), options.batchOptions().limits(), new BatchTransport<>(this::call),
                threads.forCoalescer(), meters), meters);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (options.getOperation() == null && exchange.getMessage().getHeader(Sqs2Constants.SQS_OPERATION) == null) {
            return super.process(exchange, callback);
        }
        try {
            operations.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    @Override
    protected Message<SqsMessage> prepare(Part part) throws Exception {
        try {
            return messages.of(part);
        } catch (IllegalArgumentException e) {
            throw new DeliveryException(endpoint.name(), part.id(), e.getMessage(), true, 0, e);
        }
    }

    @Override
    protected long maxMessageBytes() {
        return options.getMaxBatchBytes();
    }

    private List<Outcome> call(List<SqsMessage> batch) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>(batch.size());
        for (SqsMessage message : batch) {
            entries.add(message.entry().toBuilder().id(Integer.toString(entries.size())).build());
        }
        SendMessageBatchResponse response = client.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries)
                .overrideConfiguration(override -> override.apiCallTimeout(timeout)));
        EntryOutcomes outcomes = new EntryOutcomes(batch.size());
        response.failed().forEach(failed -> outcomes.failed(failed.id(), failed.code(), failed.message(), failed.senderFault()));
        response.successful().forEach(accepted -> batch.get(outcomes.accepted(accepted.id())).accepted(accepted));
        return outcomes.inOrder();
    }
}
