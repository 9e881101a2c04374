package io.distributary.ddbstream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.distributary.ddbstream.shard.StreamErrors;
import io.distributary.ddbstream.shard.StreamFinder;
import io.distributary.ddbstream.shard.StreamUnavailableException;
import io.distributary.ddbstream.shard.TableStream;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Finds a table's stream by DescribeTable, or by ListStreams where that is not permitted. */
final class StreamLocator implements StreamFinder {
    private final String table;
    private final StreamClients clients;

    StreamLocator(String table, StreamClients clients) {
        this.table = table;
        this.clients = clients;
    }

    @Override
    public TableStream find() {
        try {
            String streamArn = clients.tables() == null ? listed() : described();
            StreamDescription description = clients.describeStream(streamArn, null);
            return new TableStream(description.tableName(), streamArn, key(description, KeyType.HASH),
                    key(description, KeyType.RANGE));
        } catch (StreamUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw switch (StreamErrors.kind(e)) {
                case REFUSED -> refused(e);
                case NOT_FOUND -> notFound(e);
                default -> e;
            };
        }
    }

    private String described() {
        TableDescription description;
        try {
            description = clients.tables().describeTable(request -> request.tableName(table)).table();
        } catch (RuntimeException e) {
            if (StreamErrors.accessDenied(e)) {
                return listed();
            }
            throw e;
        }
        if (description.streamSpecification() == null
                || !Boolean.TRUE.equals(description.streamSpecification().streamEnabled())
                || description.latestStreamArn() == null) {
            throw switchedOff();
        }
        return description.latestStreamArn();
    }

    private String listed() {
        List<Stream> streams = new ArrayList<>();
        String after = null;
        do {
            String start = after;
            ListStreamsResponse page = clients.streams()
                    .listStreams(request -> request.tableName(table).exclusiveStartStreamArn(start));
            page.streams().stream().filter(stream -> table.equals(stream.tableName())).forEach(streams::add);
            after = page.lastEvaluatedStreamArn();
        } while (after != null);
        // the label is the creation time: newest first, old ones stay listed for 24 hours as DISABLED
        streams.sort(Comparator.comparing(Stream::streamLabel).reversed());
        for (Stream stream : streams) {
            StreamStatus status = clients.describeStream(stream.streamArn(), null).streamStatus();
            if (status == StreamStatus.ENABLED || status == StreamStatus.ENABLING) {
                return stream.streamArn();
            }
        }
        if (streams.isEmpty()) {
            throw new StreamUnavailableException("Table '" + table + "' has no stream in " + clients.place() + ": check the"
                    + " table's name, the region and the account, and that the stream is switched on" + howToSwitchOn(), null);
        }
        throw switchedOff();
    }

    private StreamUnavailableException switchedOff() {
        return new StreamUnavailableException("The stream of table '" + table + "' in " + clients.place()
                + " is switched off. Switch it on" + howToSwitchOn(), null);
    }

    private String howToSwitchOn() {
        return ": aws dynamodb update-table --table-name " + table
                + " --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES";
    }

    private StreamUnavailableException notFound(RuntimeException e) {
        return new StreamUnavailableException("Table '" + table + "' does not exist in " + clients.place()
                + ": check the table's name, the region option (or AWS_REGION) and the account of the credentials.", e);
    }

    private StreamUnavailableException refused(RuntimeException e) {
        return new StreamUnavailableException("The stream of table '" + table + "' in " + clients.place()
                + " may not be read (" + StreamErrors.reason(e) + "). Check the credentials, and that they allow"
                + " dynamodb:DescribeTable or dynamodb:ListStreams, and dynamodb:DescribeStream, GetShardIterator and"
                + " GetRecords on the stream.", e);
    }

    private static String key(StreamDescription description, KeyType type) {
        return description.keySchema().stream().filter(key -> key.keyType() == type)
                .map(KeySchemaElement::attributeName).findFirst().orElse(null);
    }
}
