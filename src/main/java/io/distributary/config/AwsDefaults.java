package io.distributary.config;

import org.apache.camel.component.aws2.ddb.Ddb2Configuration;
import org.apache.camel.component.aws2.sns.Sns2Configuration;
import org.apache.camel.component.aws2.sqs.Sqs2Configuration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The stock components' options, with our credentials where none are named.
 *
 * <p>Decided when the options are read, not when they are set: stock's {@code useDefaultCredentialsProvider=true} as a
 * default would silently win over an access key on the endpoint.
 */
public final class AwsDefaults {
    private AwsDefaults() {
    }

    /** A configuration whose {@code useDefaultCredentialsProvider} is also true where nothing is named. */
    interface Credentials {
        /** What the option itself says. */
        boolean isDefaultChainAskedFor();
    }

    /** Base of our own configuration, too. */
    public static class Sqs extends Sqs2Configuration implements Credentials {
        private AwsConnection aws;
        private boolean ofEndpoint;

        Sqs with(AwsConnection connection) {
            aws = connection;
            return this;
        }

        /** The client that the endpoint's options name, or null. */
        public final SqsClient givenClient() {
            return super.getAmazonSQSClient();
        }

        @Override
        public boolean isDefaultChainAskedFor() {
            return super.isUseDefaultCredentialsProvider();
        }

        @Override
        public boolean isUseDefaultCredentialsProvider() {
            return super.isUseDefaultCredentialsProvider() || !AwsConnection.namesCredentials(this);
        }

        @Override
        public SqsClient getAmazonSQSClient() {
            boolean ours = ofEndpoint && aws != null && super.getAmazonSQSClient() == null
                    && aws.assumesRole(this, super.isUseDefaultCredentialsProvider());
            return ours ? aws.roleClient(SqsClient.class, this, SqsClient::builder) : super.getAmazonSQSClient();
        }

        @Override
        public Sqs copy() {
            Sqs copy = (Sqs) super.copy();
            copy.ofEndpoint = true;
            return copy;
        }
    }

    /** Base of our own configuration, too. */
    public static class Sns extends Sns2Configuration implements Credentials {
        private AwsConnection aws;
        private boolean ofEndpoint;

        Sns with(AwsConnection connection) {
            aws = connection;
            return this;
        }

        /** The client that the endpoint's options name, or null. */
        public final SnsClient givenClient() {
            return super.getAmazonSNSClient();
        }

        @Override
        public boolean isDefaultChainAskedFor() {
            return super.isUseDefaultCredentialsProvider();
        }

        @Override
        public boolean isUseDefaultCredentialsProvider() {
            return super.isUseDefaultCredentialsProvider() || !AwsConnection.namesCredentials(this);
        }

        @Override
        public SnsClient getAmazonSNSClient() {
            boolean ours = ofEndpoint && aws != null && super.getAmazonSNSClient() == null
                    && aws.assumesRole(this, super.isUseDefaultCredentialsProvider());
            return ours ? aws.roleClient(SnsClient.class, this, SnsClient::builder) : super.getAmazonSNSClient();
        }

        @Override
        public Sns copy() {
            Sns copy = (Sns) super.copy();
            copy.ofEndpoint = true;
            return copy;
        }
    }

    /** Base of our own configuration, too. */
    public static class Ddb extends Ddb2Configuration implements Credentials {
        private AwsConnection aws;
        private boolean ofEndpoint;

        Ddb with(AwsConnection connection) {
            aws = connection;
            return this;
        }

        /** The client that the endpoint's options name, or null. */
        public final DynamoDbClient givenClient() {
            return super.getAmazonDDBClient();
        }

        @Override
        public boolean isDefaultChainAskedFor() {
            return super.isUseDefaultCredentialsProvider();
        }

        @Override
        public boolean isUseDefaultCredentialsProvider() {
            return super.isUseDefaultCredentialsProvider() || !AwsConnection.namesCredentials(this);
        }

        @Override
        public DynamoDbClient getAmazonDDBClient() {
            boolean ours = ofEndpoint && aws != null && super.getAmazonDDBClient() == null
                    && aws.assumesRole(this, super.isUseDefaultCredentialsProvider());
            return ours ? aws.roleClient(DynamoDbClient.class, this, DynamoDbClient::builder) : super.getAmazonDDBClient();
        }

        @Override
        public Ddb copy() {
            Ddb copy = (Ddb) super.copy();
            copy.ofEndpoint = true;
            return copy;
        }
    }
}
