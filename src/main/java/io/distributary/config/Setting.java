package io.distributary.config;

import java.util.Locale;

/**
 * The application's own settings: the one place of each name, default and description. docs/configuration.md is tested
 * against it.
 *
 * <p>A setting is a property of {@code application.properties}; its environment variable is the same name in capitals
 * with {@code .} and {@code -} as {@code _} ({@code aws.endpoint.sqs} is {@code AWS_ENDPOINT_SQS}) and wins over the file.
 */
public enum Setting {
    AWS_REGION("aws.region", null, "AWS region. Unset: the SDK's chain (AWS_REGION, profile, instance)."),
    AWS_ENDPOINT("aws.endpoint", null, "One endpoint for every AWS service, as of a LocalStack-like server."),
    AWS_ENDPOINT_DYNAMODB("aws.endpoint.dynamodb", null, "Endpoint of DynamoDB and DynamoDB Streams; wins over aws.endpoint."),
    AWS_ENDPOINT_SQS("aws.endpoint.sqs", null, "Endpoint of SQS; wins over aws.endpoint."),
    AWS_ENDPOINT_SNS("aws.endpoint.sns", null, "Endpoint of SNS; wins over aws.endpoint."),
    AWS_ENDPOINT_S3("aws.endpoint.s3", null, "Endpoint of S3, which keeps claim checks and dead letters; wins over aws.endpoint."),
    AWS_ENDPOINT_STS("aws.endpoint.sts", null, "Endpoint of STS, which gives the role's credentials; wins over aws.endpoint."),
    AWS_ASSUME_ROLE_ARN("aws.assume-role-arn", null, "Role to assume for every AWS call."),
    AWS_EXTERNAL_ID("aws.external-id", null, "External id to present when assuming the role."),
    AWS_ROLE_SESSION_NAME("aws.role-session-name", "distributary", "Name of the role's session, as CloudTrail shows it."),

    CLAIM_CHECK_BUCKET("claim-check.bucket", null, "S3 bucket of messages that are too large for their target."),
    CLAIM_CHECK_PREFIX("claim-check.prefix", "distributary", "What their keys begin with; a / follows."),

    NATS_URL("nats.url", "nats://localhost:4222", "NATS servers, comma-separated; tls:// for TLS."),
    NATS_CONNECTION_NAME("nats.connection-name", "distributary", "Name of the connection, as the server's monitoring shows it."),
    NATS_CREDENTIALS_FILE("nats.credentials-file", null, "User credentials file (JWT and NKey)."),
    NATS_USER("nats.user", null, "User name."),
    NATS_PASSWORD("nats.password", null, "Password of nats.user.", true),
    NATS_TOKEN("nats.token", null, "Authentication token.", true),
    NATS_CA_CERTIFICATE("nats.ca-certificate", null, "PEM file of the CA that signed the servers' certificate."),
    NATS_CLIENT_CERTIFICATE("nats.client-certificate", null, "PEM file of the client certificate, for mutual TLS."),
    NATS_CLIENT_KEY("nats.client-key", null, "PEM file (PKCS#8) of the client certificate's key."),

    OPENSEARCH_URLS("opensearch.urls", "http://localhost:9200", "OpenSearch nodes, comma-separated."),
    OPENSEARCH_USERNAME("opensearch.username", null, "User name for basic authentication, sent to every node."),
    OPENSEARCH_PASSWORD("opensearch.password", null, "Password of opensearch.username.", true),
    OPENSEARCH_CA_CERTIFICATE("opensearch.ca-certificate", null, "PEM file of the CA that signed the nodes' certificate."),
    OPENSEARCH_AWS_SERVICE("opensearch.aws-service", null,
            "Sign requests with SigV4 for Amazon OpenSearch: es (Service) or aoss (Serverless)."),

    PAGE_ENABLED("distributary.page.enabled", "true", "Whether the page and its data are served: true or false."),
    PAGE_ALLOW("distributary.page.allow", null, "Who may see it and /observe/status besides this machine itself: addresses and networks"
            + " (10.0.0.0/8), comma-separated, or any."),
    PAGE_HOSTS("distributary.page.hosts", null, "Names by which the two may be asked for besides localhost and plain addresses,"
            + " comma-separated."),
    PAGE_RECORDS("distributary.page.records", "true", "Whether items' data is among it, in dead letters, keys and the messages of failures:"
            + " true or false."),
    PAGE_DEAD_LETTERS("distributary.page.dead-letters", "50", "How many of the last dead letters are remembered, 0 to 1000; all together"
            + " take 4 MiB at the most."),
    PAGE_REDRIVE_STORE("distributary.page.redrive-store", null, "Dead letters that can be sent again from the page, as the command redrive"
            + " names them: sqs:orders-dead-letters. Unset: none can."),
    PAGE_REDRIVE_TOKEN("distributary.page.redrive-token", null, "What a person has to enter for that, at least 16 characters.", true);

    private final String key;
    private final String defaultValue;
    private final String description;
    private final boolean secret;

    Setting(String key, String defaultValue, String description) {
        this(key, defaultValue, description, false);
    }

    Setting(String key, String defaultValue, String description, boolean secret) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.description = description;
        this.secret = secret;
    }

    /** The property's name. */
    public String key() {
        return key;
    }

    /** The environment variable's name. */
    public String environmentVariable() {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The default, or null where there is none. */
    public String defaultValue() {
        return defaultValue;
    }

    public String description() {
        return description;
    }

    /** True where the value must never be logged. */
    public boolean secret() {
        return secret;
    }
}
