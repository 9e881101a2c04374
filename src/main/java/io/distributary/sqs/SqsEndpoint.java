package io.distributary.sqs;

import java.net.URI;
import java.util.Optional;

import io.distributary.aws.AwsOutcomes;
import io.distributary.aws.SendingClient;
import io.distributary.coalesce.TargetUnavailableException;
import io.distributary.config.AwsConnection;
import io.distributary.config.Reachable;
import io.distributary.oversize.OversizeOptions;
import io.distributary.preview.Drafts;
import io.distributary.preview.DraftingEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Producer;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.apache.camel.component.aws2.sqs.Sqs2Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Send messages to Amazon SQS queues in batches, each message with its own result, and receive messages. */
@UriEndpoint(firstVersion = "3.1.0", scheme = "aws2-sqs", title = "AWS Simple Queue Service (SQS)",
        syntax = "aws2-sqs:queueNameOrArn", category = {Category.CLOUD, Category.MESSAGING}, headersClass = Sqs2Constants.class)
public class SqsEndpoint extends Sqs2Endpoint implements DraftingEndpoint, Reachable {
    private static final String AWS_HOST = "amazonaws.com";

    @UriParam(description = "The options.")
    private SqsConfiguration configuration;

    @UriParam(description = "What becomes of messages that are too large.")
    private OversizeOptions oversizeOptions = new OversizeOptions();

    private final SendingClient<SqsClient> sending;
    /** Why the queue was not found when the endpoint was made, or null. */
    private AwsServiceException refusal;

    public SqsEndpoint(String uri, SqsComponent component, SqsConfiguration configuration) {
        super(uri, component, configuration);
        this.configuration = configuration;
        this.sending = new SendingClient<>(configuration::givenClient, this::ownClient);
    }

    @Override
    public Producer createProducer() throws Exception {
        if (configuration.isCoalesce()) {
            return new SqsProducer(this);
        }
        oversizeOptions.refuse(name(), "coalesce=true");
        return new Sqs2Producer(this);
    }

    @Override
    public Optional<Drafts> drafts() {
        return configuration.isCoalesce() && configuration.getOperation() == null ? Optional.of(new SqsDrafts(this)) : Optional.empty();
    }

    /**
     * Asks for the queue's URL by its name. The stock endpoint lists all queues instead, which takes a right that sending
     * does not need; it still does where this one is refused, for its consumer waits for a queue that is absent.
     */
    @Override
    protected void doInit() throws Exception {
        if (configuration.getQueueUrl() == null && !configuration.isAutoCreateQueue()) {
            try {
                configuration.setQueueUrl(sendingClient().getQueueUrl(request -> request.queueName(configuration.getQueueName())
                        .queueOwnerAWSAccountId(configuration.getQueueOwnerAWSAccountId())).queueUrl());
            } catch (AwsServiceException e) {
                refusal = e;
            }
        }
        try {
            super.doInit();
        } catch (AwsServiceException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void doStop() throws Exception {
        sending.close();
        super.doStop();
    }

    /**
     * Makes sure, as far as our rights go, that there is a queue to send to.
     *
     * @return its URL
     * @throws TargetUnavailableException in one line, where there is none
     */
    String requireQueue() {
        String url = getQueueUrl();
        if (url == null) {
            throw unavailable(refusal);
        }
        if (configuration.getQueueUrl() != null || refusal != null) {
            try {
                sendingClient().getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN));
            } catch (AwsServiceException e) {
                // the right to send does not include this one
                if (!AwsOutcomes.code(e).startsWith("AccessDenied")) {
                    throw unavailable(e);
                }
            }
        }
        return url;
    }

    /** There is the queue, or it is one that will be created. */
    @Override
    public String reach() {
        try (sending) {
            if (configuration.getQueueUrl() == null) {
                sendingClient().getQueueUrl(request -> request.queueName(configuration.getQueueName())
                        .queueOwnerAWSAccountId(configuration.getQueueOwnerAWSAccountId()));
            } else {
                requireQueue();
            }
            return "SQS queue " + configuration.getQueueName() + " is there";
        } catch (QueueDoesNotExistException e) {
            if (configuration.isAutoCreateQueue()) {
                return "SQS queue " + configuration.getQueueName() + " will be created";
            }
            throw unavailable(e);
        } catch (AwsServiceException e) {
            throw unavailable(e);
        }
    }

    private TargetUnavailableException unavailable(AwsServiceException e) {
        boolean missing = e == null || e instanceof QueueDoesNotExistException
                || AwsOutcomes.code(e).equals("AWS.SimpleQueueService.NonExistentQueue");
        String owner = configuration.getQueueOwnerAWSAccountId();
        String queue = "SQS queue " + configuration.getQueueName() + (owner == null ? "" : " of account " + owner) + " at " + server();
        return new TargetUnavailableException(missing
                ? "There is no " + queue + ": create it, set autoCreateQueue=true, or correct its name"
                : queue + " refuses us: " + AwsOutcomes.reason(e)
                        + ": check the credentials and their rights (sqs:GetQueueUrl, sqs:SendMessage)", e);
    }

    private String server() {
        return SendingClient.server(configuration);
    }

    /** For people: the scheme and the queue's name. */
    String name() {
        return "aws2-sqs:" + configuration.getQueueName();
    }

    /** The client given in the options; else one of our own that does not repeat calls by itself, for the coalescer does. */
    SqsClient sendingClient() {
        return sending.get();
    }

    private SqsClient ownClient() {
        return AwsConnection.of(getCamelContext()).client(configuration, SqsClient::builder, builder -> {
            builder.overrideConfiguration(SendingClient::once);
            if (!AWS_HOST.equals(configuration.getAmazonAWSHost()) && !configuration.isOverrideEndpoint()) {
                builder.endpointOverride(URI.create(configuration.getProtocol() + "://" + configuration.getAmazonAWSHost()));
            }
        });
    }

    public OversizeOptions getOversizeOptions() {
        return oversizeOptions;
    }

    public void setOversizeOptions(OversizeOptions oversizeOptions) {
        this.oversizeOptions = oversizeOptions;
    }

    @Override
    public SqsConfiguration getConfiguration() {
        return configuration;
    }
}
