package io.distributary.ddbstream;

import java.time.Duration;
import java.util.Optional;

import io.distributary.config.AwsConnection;
import io.distributary.ddbstream.shard.StreamErrors;
import io.distributary.ddbstream.shard.StreamUnavailableException;
import io.distributary.ddbstream.shard.StreamsClient;
import io.distributary.event.ChangePage;
import io.distributary.event.StreamSource;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The two SDK clients of an endpoint: given ones, or built from the options and closed again.
 *
 * @param streams reads the stream
 * @param tables  finds it by DescribeTable; null when only a streams client was given
 */
record StreamClients(DynamoDbStreamsClient streams, DynamoDbClient tables, boolean ownsStreams, boolean ownsTables)
        implements StreamsClient {
    /** A connection that hangs counts as lost then. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(15);
    /** The engine tries again by itself, with longer pauses than the SDK, and says so. */
    private static final int ATTEMPTS = 2;
    /** A given client's: the SDK's defaults are four tries of 30 s without data. */
    private static final Duration GIVEN_CALL = Duration.ofSeconds(150);

    static StreamClients of(AwsConnection aws, DdbStreamConfiguration options) {
        DynamoDbStreamsClient givenStreams = options.getAmazonDynamoDbStreamsClient();
        DynamoDbClient givenTables = options.getAmazonDynamoDbClient();
        DynamoDbStreamsClient streams = givenStreams;
        try {
            if (streams == null) {
                streams = aws.client(options, DynamoDbStreamsClient::builder, StreamClients::reading);
            }
            DynamoDbClient tables = givenTables != null || givenStreams != null ? givenTables
                    : aws.client(options, DynamoDbClient::builder, StreamClients::timeouts);
            return new StreamClients(streams, tables, givenStreams == null, givenTables == null && tables != null);
        } catch (SdkClientException e) {
            if (streams != null && givenStreams == null) {
                streams.close();
            }
            throw new StreamUnavailableException("Table '" + options.getTableName() + "': no client for DynamoDB Streams can be"
                    + " made (" + StreamErrors.reason(e) + "). Set the region option or AWS_REGION, and credentials where the"
                    + " SDK's default chain finds none.", e);
        }
    }

    static void reading(AwsClientBuilder<?, ?> builder) {
        timeouts(builder);
        builder.overrideConfiguration(builder.overrideConfiguration().toBuilder().addExecutionInterceptor(new PageCapture()).build());
    }

    private static void timeouts(AwsClientBuilder<?, ?> builder) {
        builder.overrideConfiguration(override -> override.apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                .retryStrategy(retry -> retry.maxAttempts(ATTEMPTS)));
    }

    @Override
    public StreamDescription describeStream(String streamArn, String exclusiveStartShardId) {
        return streams.describeStream(request -> request.streamArn(streamArn).exclusiveStartShardId(exclusiveStartShardId))
                .streamDescription();
    }

    @Override
    public String getShardIterator(String streamArn, String shardId, ShardIteratorType type, String sequenceNumber) {
        return streams.getShardIterator(request -> request.streamArn(streamArn).shardId(shardId).shardIteratorType(type)
                .sequenceNumber(sequenceNumber)).shardIterator();
    }

    @Override
    public ChangePage getRecords(String shardIterator, int limit, StreamSource source) {
        PageCapture.Body body = new PageCapture.Body();
        GetRecordsResponse response = streams.getRecords(request -> request.shardIterator(shardIterator).limit(limit)
                .overrideConfiguration(override -> override.putExecutionAttribute(PageCapture.BODY, body)));
        return body.json() == null ? ChangePage.of(response, source) : ChangePage.read(body.json(), source);
    }

    /** The longest that a call may take with all its tries. */
    Duration longestCall() {
        return ownsStreams ? ATTEMPT_TIMEOUT.multipliedBy(ATTEMPTS) : givenCallTimeout().orElse(GIVEN_CALL);
    }

    private Optional<Duration> givenCallTimeout() {
        try {
            return streams.serviceClientConfiguration().overrideConfiguration().apiCallTimeout();
        } catch (UnsupportedOperationException e) {
            return Optional.empty(); // the SDK interface's default, as stubs have it
        }
    }

    /** Where the calls go, for messages: {@code region eu-west-1} and an endpoint where one is set. */
    String place() {
        try {
            AwsServiceClientConfiguration configuration = streams.serviceClientConfiguration();
            return "region " + configuration.region()
                    + configuration.endpointOverride().map(endpoint -> " at " + endpoint).orElse("");
        } catch (UnsupportedOperationException e) {
            return "the place that the given client talks to"; // the SDK interface's default, as stubs have it
        }
    }

    void close() {
        if (ownsStreams) {
            streams.close();
        }
        if (ownsTables) {
            tables.close();
        }
    }
}
