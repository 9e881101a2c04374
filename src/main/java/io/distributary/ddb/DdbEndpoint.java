package io.distributary.ddb;

import java.time.Duration;
import java.util.Optional;

import io.distributary.aws.SendingClient;
import io.distributary.coalesce.TargetUnavailableException;
import io.distributary.coalesce.VersionedTarget;
import io.distributary.config.AwsConnection;
import io.distributary.config.Reachable;
import io.distributary.preview.Drafts;
import io.distributary.preview.DraftingEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Producer;
import org.apache.camel.component.aws2.ddb.Ddb2Constants;
import org.apache.camel.component.aws2.ddb.Ddb2Endpoint;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Write changes of one DynamoDB table into another or into itself, and store and retrieve items. */
@UriEndpoint(firstVersion = "3.1.0", scheme = "aws2-ddb", title = "AWS DynamoDB", syntax = "aws2-ddb:tableName",
        producerOnly = true, category = {Category.CLOUD, Category.DATABASE}, headersClass = Ddb2Constants.class)
public class DdbEndpoint extends Ddb2Endpoint implements DraftingEndpoint, Reachable, VersionedTarget {
    @UriParam(description = "The options.")
    private DdbConfiguration configuration;

    private final SendingClient<DynamoDbClient> writing;

    public DdbEndpoint(String uri, DdbComponent component, DdbConfiguration configuration) {
        super(uri, component, configuration);
        this.configuration = configuration;
        this.writing = new SendingClient<>(configuration::givenClient, () -> AwsConnection.of(getCamelContext()).client(configuration,
                DynamoDbClient::builder, builder -> builder.overrideConfiguration(each -> SendingClient.once(each)
                        .apiCallTimeout(Duration.ofMillis(configuration.getRequestTimeout())))));
    }

    @Override
    public Producer createProducer() throws Exception {
        return configuration.getChangeOperation() == null ? super.createProducer() : new ChangeProducer(this);
    }

    @Override
    public Optional<Drafts> drafts() {
        return configuration.getChangeOperation() == null ? Optional.empty() : Optional.of(new WriteDrafts(name(), configuration));
    }

    @Override
    public Versioning versioning() {
        if (configuration.getChangeOperation() == ChangeOperation.MARK) {
            return new Versioning(true, null); // set once, whatever comes later
        }
        if (configuration.getChangeOperation() == null) {
            return new Versioning(false, "it has no changeOperation");
        }
        return configuration.getTombstoneTtl() > 0 ? new Versioning(true, null)
                : new Versioning(false, "a deleted item has no version: set tombstoneTtl");
    }

    /** For changes the stock endpoint must not create a table that is absent, as its options cannot describe it. */
    @Override
    public void doStart() throws Exception {
        if (configuration.getChangeOperation() == null) {
            super.doStart();
        }
    }

    @Override
    public void doStop() throws Exception {
        writing.close();
        super.doStop();
    }

    /**
     * Makes sure, as far as our rights go, that there is a table to write to.
     *
     * @throws TargetUnavailableException in one line, where there is none
     */
    void requireTable() {
        try {
            writingClient().describeTable(describe -> describe.tableName(configuration.getTableName()));
        } catch (ResourceNotFoundException e) {
            throw new TargetUnavailableException("There is no DynamoDB table " + configuration.getTableName() + " at "
                    + SendingClient.server(configuration) + ": create it with the key schema of the source's table, or correct its name", e);
        } catch (DynamoDbException e) {
            // the right to write does not include this one
            if (e.awsErrorDetails() == null || !"AccessDeniedException".equals(e.awsErrorDetails().errorCode())) {
                throw e;
            }
        }
    }

    @Override
    public String reach() {
        try (writing) {
            requireTable();
            return "DynamoDB table " + configuration.getTableName() + " is there";
        }
    }

    /** For people: the scheme and the table. */
    String name() {
        return "aws2-ddb:" + configuration.getTableName();
    }

    /** The client given in the options; else one of our own that does not repeat calls by itself, for the coalescer does. */
    DynamoDbClient writingClient() {
        return writing.get();
    }

    @Override
    public DdbConfiguration getConfiguration() {
        return configuration;
    }
}
