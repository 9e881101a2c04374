package io.distributary.sandbox;

import io.distributary.config.Setting;

/** The servers of a {@link Stack}. */
public enum Service {
    /** DynamoDB and DynamoDB Streams, on one endpoint. */
    DYNAMODB(Setting.AWS_ENDPOINT_DYNAMODB),
    SQS(Setting.AWS_ENDPOINT_SQS),
    /** Delivers into SQS, which starts with it. */
    SNS(Setting.AWS_ENDPOINT_SNS),
    S3(Setting.AWS_ENDPOINT_S3),
    /** NATS with JetStream, file store. */
    NATS(Setting.NATS_URL),
    OPENSEARCH(Setting.OPENSEARCH_URLS);

    private final Setting setting;

    Service(Setting setting) {
        this.setting = setting;
    }

    /** The application's setting that takes this server's address. */
    public Setting setting() {
        return setting;
    }
}
