package io.distributary.sns;

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
import org.apache.camel.component.aws2.sns.Sns2Constants;
import org.apache.camel.component.aws2.sns.Sns2Endpoint;
import org.apache.camel.component.aws2.sns.Sns2Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sns.SnsClient;

/** Send messages to Amazon SNS topics in batches, each message with its own result. */
@UriEndpoint(firstVersion = "3.1.0", scheme = "aws2-sns", title = "AWS Simple Notification System (SNS)",
        syntax = "aws2-sns:topicNameOrArn", producerOnly = true,
        category = {Category.CLOUD, Category.MESSAGING, Category.MOBILE}, headersClass = Sns2Constants.class)
public class SnsEndpoint extends Sns2Endpoint implements DraftingEndpoint, Reachable {
    /** In place of a topic, where every change names its own. */
    static final String NO_TOPIC = "*";

    @UriParam(description = "The options.")
    private final SnsConfiguration configuration;

    @UriParam(description = "What becomes of messages that are too large.")
    private OversizeOptions oversizeOptions = new OversizeOptions();

    private final SendingClient<SnsClient> sending;

    public SnsEndpoint(String uri, SnsComponent component, SnsConfiguration configuration) {
        super(uri, component, configuration);
        this.configuration = configuration;
        this.sending = new SendingClient<>(configuration::givenClient, () -> AwsConnection.of(getCamelContext()).client(configuration,
                SnsClient::builder, builder -> builder.overrideConfiguration(SendingClient::once)));
    }

    @Override
    public Producer createProducer() throws Exception {
        if (configuration.isCoalesce() && !configuration.isBatchEnabled()) {
            return new SnsProducer(this);
        }
        oversizeOptions.refuse(name(), "coalesce=true and batchEnabled=false");
        return new Sns2Producer(this);
    }

    @Override
    public Optional<Drafts> drafts() {
        return configuration.isCoalesce() && !configuration.isBatchEnabled() ? Optional.of(new SnsDrafts(this)) : Optional.empty();
    }

    @Override
    public void doInit() throws Exception {
        if (NO_TOPIC.equals(configuration.getTopicName())) {
            configuration.setTopicArn(""); // the stock endpoint looks for, or creates, one without an ARN
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
     * Makes sure, as far as our rights go, that there is the topic of the URI.
     *
     * @return its ARN; empty where the URI names none
     * @throws TargetUnavailableException in one line, where there is none
     */
    String requireTopic() {
        String arn = configuration.getTopicArn();
        if (arn == null) {
            throw unavailable(null);
        }
        if (configuration.getTopicName() == null) {
            try {
                sendingClient().getTopicAttributes(request -> request.topicArn(arn));
            } catch (AwsServiceException e) {
                // the right to publish does not include this one
                if (!AwsOutcomes.code(e).startsWith("Authorization") && !AwsOutcomes.code(e).startsWith("AccessDenied")) {
                    throw unavailable(e);
                }
            }
        }
        return arn;
    }

    /** There is the topic, or it is one that will be created. */
    @Override
    public String reach() {
        String name = configuration.getTopicName();
        try (sending) {
            if (configuration.getTopicArn() != null && !configuration.getTopicArn().isEmpty()) {
                return "SNS topic " + Topic.nameOf(requireTopic()) + " is there";
            }
            boolean any = NO_TOPIC.equals(name);
            boolean there = sendingClient().listTopicsPaginator().topics().stream()
                    .anyMatch(topic -> any || topic.topicArn().endsWith(":" + name));
            if (!any && !there && !configuration.isAutoCreateTopic()) {
                throw unavailable(null);
            }
            return any ? "SNS answers" : "SNS topic " + name + (there ? " is there" : " will be created");
        } catch (AwsServiceException e) {
            throw unavailable(e);
        }
    }

    private TargetUnavailableException unavailable(AwsServiceException e) {
        String topic = "SNS topic " + (configuration.getTopicArn() == null ? configuration.getTopicName() : configuration.getTopicArn())
                + " at " + SendingClient.server(configuration);
        return new TargetUnavailableException(e == null || AwsOutcomes.code(e).startsWith("NotFound")
                ? "There is no " + topic + ": create it, set autoCreateTopic=true, or correct its name"
                : topic + " refuses us: " + AwsOutcomes.reason(e) + ": check the credentials and their rights (sns:Publish, and"
                        + " sns:ListTopics to find a topic by its name; its ARN needs no look-up)", e);
    }

    /** For people: the scheme and the topic's name. */
    String name() {
        String arn = configuration.getTopicArn();
        return "aws2-sns:" + (arn == null || arn.isEmpty() ? configuration.getTopicName() : Topic.nameOf(arn));
    }

    /** The client given in the options; else one of our own that does not repeat calls by itself, for the coalescer does. */
    SnsClient sendingClient() {
        return sending.get();
    }

    public OversizeOptions getOversizeOptions() {
        return oversizeOptions;
    }

    public void setOversizeOptions(OversizeOptions oversizeOptions) {
        this.oversizeOptions = oversizeOptions;
    }

    @Override
    public SnsConfiguration getConfiguration() {
        return configuration;
    }
}
