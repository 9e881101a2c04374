package io.distributary.sandbox;

import io.distributary.config.Setting;
import io.nats.client.Connection;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The six servers the application talks to, on loopback, for tests and the demo. Each starts when it is first asked
 * for. {@link Sandbox} runs them in this JVM; tests also run on containers behind the same interface.
 *
 * <p>Safe for use by many threads. A stack is shared by many tests: names of tables, queues, topics, streams and
 * indices come from {@link #uniqueName(String)}.
 */
public interface Stack {
    /** The region of every ARN in the stack. */
    String REGION = "us-east-1";
    /** The account of every ARN in the stack. */
    String ACCOUNT = "000000000000";
    /** Access key and secret of the stack; letters and digits only, DynamoDB Local refuses others. */
    String CREDENTIAL = "sandbox";

    /**
     * The server's address; starts the server if needed.
     *
     * @throws SandboxException if the server cannot be started; the message says what to do
     */
    URI endpoint(Service service);

    /** The SDK clients and helpers of this stack; each is made when first used and closed with the stack. */
    StackClients clients();

    /** Starts these servers, at the same time, and returns when all accept requests. None named: all of them. */
    void start(Service... services);

    /**
     * The application's settings that point it at this stack, by property name ({@code nats.url}); starts these
     * servers. None named: all of them.
     */
    default Map<String, String> settings(Service... services) {
        var wanted = services.length == 0 ? Service.values() : services;
        start(wanted);
        var settings = new LinkedHashMap<String, String>();
        settings.put(Setting.AWS_REGION.key(), REGION);
        for (var service : wanted) {
            settings.put(service.setting().key(), endpoint(service).toString());
        }
        return settings;
    }

    /** {@link #settings} and the AWS credentials as system properties for a child process. */
    default Map<String, String> systemProperties(Service... services) {
        var properties = settings(services);
        properties.put("aws.accessKeyId", CREDENTIAL);
        properties.put("aws.secretAccessKey", CREDENTIAL);
        return properties;
    }

    /** {@link #settings} as environment variables for a child process, with the AWS credentials. */
    default Map<String, String> environment(Service... services) {
        var settings = settings(services);
        var environment = new LinkedHashMap<String, String>();
        for (var setting : Setting.values()) {
            if (settings.containsKey(setting.key())) {
                environment.put(setting.environmentVariable(), settings.get(setting.key()));
            }
        }
        environment.put("AWS_ACCESS_KEY_ID", CREDENTIAL);
        environment.put("AWS_SECRET_ACCESS_KEY", CREDENTIAL);
        return environment;
    }

    default DynamoDbClient dynamoDb() {
        return clients().dynamoDb();
    }

    default DynamoDbStreamsClient dynamoDbStreams() {
        return clients().dynamoDbStreams();
    }

    default SqsClient sqs() {
        return clients().sqs();
    }

    default SnsClient sns() {
        return clients().sns();
    }

    default S3Client s3() {
        return clients().s3();
    }

    /** One connection that all share; do not close it. */
    default Connection nats() {
        return clients().nats();
    }

    default OpenSearchHttp openSearch() {
        return clients().openSearch();
    }

    /**
     * Creates a table with partition key {@code pk} (S), sort key {@code sk} (S) and a stream, and waits until it is
     * active.
     *
     * @return the stream's ARN
     */
    default String createTable(String table, StreamViewType view) {
        dynamoDb().createTable(create -> create.tableName(table)
                .attributeDefinitions(a -> a.attributeName("pk").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("sk").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH),
                        k -> k.attributeName("sk").keyType(KeyType.RANGE))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .streamSpecification(s -> s.streamEnabled(true).streamViewType(view)));
        dynamoDb().waiter().waitUntilTableExists(describe -> describe.tableName(table));
        return dynamoDb().describeTable(describe -> describe.tableName(table)).table().latestStreamArn();
    }

    /**
     * A name that nothing else in the stack has: the prefix, a dash, and lower-case letters and digits. Fits a table,
     * queue, topic, JetStream stream, subject token and index; FIFO queues and topics need {@code .fifo} after it.
     */
    static String uniqueName(String prefix) {
        var random = Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        return prefix + "-" + random + Integer.toString(Names.NEXT.getAndIncrement(), 36);
    }

    /** Holds the counter, as an interface cannot. */
    final class Names {
        private static final AtomicInteger NEXT = new AtomicInteger();

        private Names() {
        }
    }
}
