package io.distributary.ddbstream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.distributary.ddbstream.shard.StreamErrors;
import io.distributary.ddbstream.shard.StreamFinder;
import io.distributary.ddbstream.shard.StreamUnavailableException;
import io.distributary.ddbstream.shard.TableStream;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Finds a table's stream by DescribeTable, or by ListStreams where that is not permitted. */
final class StreamLocator implements StreamFinder {
    /** The label at the end of an ARN is the time at which the stream was switched on. */
    private static final Comparator<String> BY_AGE = Comparator.comparing(arn -> arn.substring(arn.lastIndexOf('/') + 1));

    private final String table;
    private final StreamClients clients;
    private final Runnable describeTurn;

    /** @param describeTurn waits until DescribeStream may be called, once */
    StreamLocator(String table, StreamClients clients, Runnable describeTurn) {
        this.table = table;
        this.clients = clients;
        this.describeTurn = describeTurn;
    }

    @Override
    public TableStream find() {
        return explaining(() -> {
            String latest = clients.tables() == null ? null : latest(true);
            return described(latest == null ? listedAndEnabled() : latest);
        });
    }

    /** A stream is begun only when the one before it is finished. */
    @Override
    public Optional<String> resumable(Set<String> checkpointed) {
        return checkpointed.stream().max(BY_AGE);
    }

    @Override
    public Optional<TableStream> describe(String streamArn) {
        return explaining(() -> ifExists(() -> described(streamArn)));
    }

    /** Where ListStreams is not permitted, a stream between this one and the latest stays unseen. */
    @Override
    public Optional<TableStream> after(String streamArn) {
        return explaining(() -> {
            Optional<String> latest = clients.tables() == null ? Optional.empty() : ifExists(() -> latest(false));
            List<String> listed;
            try {
                listed = listed();
            } catch (RuntimeException e) {
                if (latest.isEmpty() || !StreamErrors.accessDenied(e)) {
                    throw e;
                }
                listed = List.of();
            }
            return Stream.concat(latest.stream(), listed.stream()).filter(arn -> BY_AGE.compare(arn, streamArn) > 0)
                    .min(BY_AGE).map(this::described);
        });
    }

    @Override
    public String noneAfter(String streamArn) {
        return "The stream of table '" + table + "' in " + clients.place() + " is switched off, and read to its end. The next one"
                + " will be read from its beginning without a restart. Switch it on" + howToSwitchOn();
    }

    /** Null where DescribeTable is not permitted, or there never was a stream. */
    private String latest(boolean enabled) {
        TableDescription description;
        try {
            description = clients.tables().describeTable(request -> request.tableName(table)).table();
        } catch (RuntimeException e) {
            if (StreamErrors.accessDenied(e)) {
                return null;
            }
            throw e;
        }
        if (enabled && (description.latestStreamArn() == null || description.streamSpecification() == null
                || !Boolean.TRUE.equals(description.streamSpecification().streamEnabled()))) {
            throw switchedOff();
        }
        return description.latestStreamArn();
    }

    private String listedAndEnabled() {
        List<String> arns = listed();
        for (String arn : arns) {
            StreamStatus status = describeStream(arn).streamStatus();
            if (status == StreamStatus.ENABLED || status == StreamStatus.ENABLING) {
                return arn;
            }
        }
        if (arns.isEmpty()) {
            throw new StreamUnavailableException("Table '" + table + "' has no stream in " + clients.place() + ": check the"
                    + " table's name, the region and the account, and that the stream is switched on" + howToSwitchOn(), null);
        }
        throw switchedOff();
    }

    /** Newest first; old ones stay listed, as DISABLED, for 24 hours. */
    private List<String> listed() {
        List<String> arns = new ArrayList<>();
        String after = null;
        do {
            String start = after;
            ListStreamsResponse page = clients.streams()
                    .listStreams(request -> request.tableName(table).exclusiveStartStreamArn(start));
            page.streams().stream().filter(stream -> table.equals(stream.tableName())).forEach(stream -> arns.add(stream.streamArn()));
            after = page.lastEvaluatedStreamArn();
        } while (after != null);
        arns.sort(BY_AGE.reversed());
        return arns;
    }

    private TableStream described(String streamArn) {
        StreamDescription description = describeStream(streamArn);
        return new TableStream(description.tableName(), streamArn, key(description, KeyType.HASH),
                key(description, KeyType.RANGE));
    }

    private StreamDescription describeStream(String streamArn) {
        describeTurn.run();
        return clients.describeStream(streamArn, null);
    }

    private static String key(StreamDescription description, KeyType type) {
        return description.keySchema().stream().filter(key -> key.keyType() == type)
                .map(KeySchemaElement::attributeName).findFirst().orElse(null);
    }

    private static <T> Optional<T> ifExists(Supplier<T> call) {
        try {
            return Optional.ofNullable(call.get());
        } catch (RuntimeException e) {
            if (StreamErrors.kind(e) == StreamErrors.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private <T> T explaining(Supplier<T> call) {
        try {
            return call.get();
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
}
