package io.distributary.sandbox;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The clients of one stack: each made when first asked for, shared, closed together. Safe for use by many threads. */
public final class StackClients implements AutoCloseable {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(Stack.CREDENTIAL, Stack.CREDENTIAL));

    private final Stack stack;
    private final Map<Kind, Object> made = new EnumMap<>(Kind.class);
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    private enum Kind { HTTP, DYNAMODB, STREAMS, SQS, SNS, S3, NATS, OPENSEARCH }

    /** Clients of the stack's endpoints. */
    public StackClients(Stack stack) {
        this.stack = stack;
    }

    DynamoDbClient dynamoDb() {
        return once(Kind.DYNAMODB, () -> aws(DynamoDbClient.builder(), Service.DYNAMODB));
    }

    DynamoDbStreamsClient dynamoDbStreams() {
        return once(Kind.STREAMS, () -> aws(DynamoDbStreamsClient.builder(), Service.DYNAMODB));
    }

    SqsClient sqs() {
        return once(Kind.SQS, () -> aws(SqsClient.builder(), Service.SQS));
    }

    SnsClient sns() {
        return once(Kind.SNS, () -> aws(SnsClient.builder(), Service.SNS));
    }

    S3Client s3() {
        return once(Kind.S3, () -> aws(S3Client.builder().forcePathStyle(true), Service.S3));
    }

    OpenSearchHttp openSearch() {
        return once(Kind.OPENSEARCH, () -> new OpenSearchHttp(stack.endpoint(Service.OPENSEARCH)));
    }

    Connection nats() {
        return once(Kind.NATS, () -> {
            var url = stack.endpoint(Service.NATS).toString();
            try {
                return Nats.connect(Options.builder().server(url).maxReconnects(-1).build());
            } catch (IOException e) {
                throw new SandboxException("No connection to NATS at " + url + ": " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SandboxException("Interrupted while connecting to NATS at " + url, e);
            }
        });
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C aws(B builder, Service service) {
        return builder.region(Region.of(Stack.REGION))
                .credentialsProvider(CREDENTIALS)
                .endpointOverride(stack.endpoint(service))
                .httpClient(http())
                .build();
    }

    private SdkHttpClient http() {
        return once(Kind.HTTP, () -> ApacheHttpClient.builder().maxConnections(200).build());
    }

    @SuppressWarnings("unchecked")
    private synchronized <T> T once(Kind kind, Supplier<T> factory) {
        var client = made.get(kind);
        if (client == null) {
            client = factory.get();
            made.put(kind, client);
            if (client instanceof AutoCloseable closeable) {
                toClose.push(closeable);
            }
        }
        return (T) client;
    }

    @Override
    public synchronized void close() {
        made.clear();
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                throw new SandboxException("A client did not close: " + e.getMessage(), e);
            }
        }
    }
}
