package io.distributary.deadletter.store;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.distributary.aws.AwsOutcomes;
import io.distributary.config.AwsConnection;
import io.distributary.config.Setting;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * A queue that is there.
 *
 * @param name    its name
 * @param url     its URL
 * @param foundAt by SQS's clock, and no earlier than it was found
 */
record SqsQueue(String name, String url, Instant foundAt) {
    /**
     * What was given: a name, an ARN or a URL.
     *
     * @param region  or null
     * @param account or null: ours
     */
    record Address(String name, String region, String account) {
        private static final Pattern ARN = Pattern.compile("arn:[^:]+:sqs:([^:]+):([^:]+):([^:]+)");
        private static final Pattern URL = Pattern.compile("https?://(?:sqs\\.([a-z0-9-]+)\\.amazonaws\\.[a-z.]+|[^/]+)(?:/.*)?/(\\d+)/([^/]+)");
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.fifo)?");

        static Address of(String queue) {
            Matcher given = ARN.matcher(queue);
            if (given.matches()) {
                return new Address(given.group(3), given.group(1), given.group(2));
            }
            given = URL.matcher(queue);
            if (given.matches()) {
                return new Address(given.group(3), given.group(1), given.group(2));
            }
            if (!NAME.matcher(queue).matches()) {
                throw new IllegalArgumentException("sqs:" + queue + ": the name, URL or ARN of a queue expected");
            }
            return new Address(queue, null, null);
        }

        SqsClient client(CamelContext context) {
            SqsClientBuilder builder = AwsConnection.of(context).configure(SqsClient.builder(), Setting.AWS_ENDPOINT_SQS)
                    .httpClientBuilder(ApacheHttpClient.builder());
            return (region == null ? builder : builder.region(Region.of(region))).build();
        }
    }

    /** @throws IllegalArgumentException where there is none, or it cannot be asked for */
    static SqsQueue find(SqsClient sqs, Address address) {
        try {
            GetQueueUrlResponse found = sqs.getQueueUrl(get -> get.queueName(address.name()).queueOwnerAWSAccountId(address.account()));
            return new SqsQueue(address.name(), found.queueUrl(), ServerClock.of(found.sdkHttpResponse()));
        } catch (QueueDoesNotExistException e) {
            throw new IllegalArgumentException("There is no SQS queue " + address.name() + " at " + place(sqs), e);
        } catch (SdkException e) {
            throw new IllegalArgumentException("SQS queue " + address.name() + " at " + place(sqs) + ": " + AwsOutcomes.reason(e), e);
        }
    }

    private static String place(SqsClient sqs) {
        var configuration = sqs.serviceClientConfiguration();
        return configuration.endpointOverride().map(Object::toString).orElseGet(() -> "region " + configuration.region());
    }

}
