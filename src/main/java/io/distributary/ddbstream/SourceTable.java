package io.distributary.ddbstream;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import io.distributary.config.AwsConnection;
import io.distributary.ddbstream.checkpoint.CheckpointStore;
import io.distributary.ddbstream.shard.FirstPosition;
import io.distributary.ddbstream.shard.StreamErrors;
import io.distributary.ddbstream.shard.StreamUnavailableException;
import io.distributary.ddbstream.shard.TableStream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultConsumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** A table that a route reads, for a command that reads it too: with the clients, the stream and the checkpoints of the route. One thread. */
public final class SourceTable implements AutoCloseable {
    private final TableRef table;
    private final DdbStreamConfiguration options;
    private final String application;
    private final CamelContext context;
    private final StreamClients clients;
    private final EngineThreads threads;

    /**
     * A table as it is described.
     *
     * @param at a moment just before: in whole seconds, the earlier of our clock's and DynamoDB's
     */
    public record Description(TableDescription table, Instant at) {
    }

    private SourceTable(TableRef table, DdbStreamEndpoint endpoint, String application, StreamClients clients) {
        this.table = table;
        this.options = endpoint.getConfiguration();
        this.application = application;
        this.context = endpoint.getCamelContext();
        this.clients = clients;
        this.threads = new EngineThreads(context.getExecutorServiceManager(), options, endpoint.getComponent().describePace(clients));
    }

    /** The names of the tables that an endpoint reads. */
    public static List<String> names(DdbStreamEndpoint endpoint) {
        return TableRef.parse(endpoint.getConfiguration().getTableName()).stream().map(TableRef::tableName).toList();
    }

    /**
     * One of them.
     *
     * @param consumer of the route, or what stands in its place
     */
    public static SourceTable of(DefaultConsumer consumer, DdbStreamEndpoint endpoint, String name) {
        DdbStreamConfiguration options = endpoint.getConfiguration();
        TableRef table = TableRef.parse(options.getTableName()).stream().filter(each -> each.tableName().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table of the route: " + name));
        return new SourceTable(table, endpoint, UsingRoute.of(consumer).applicationName(options),
                StreamClients.of(AwsConnection.of(endpoint.getCamelContext()), options));
    }

    /** @throws StreamUnavailableException in one line, where there is no table, no stream or no right to read it */
    public TableStream stream() {
        return table.finder(clients, threads::awaitDescribeTurn).find();
    }

    /** @throws StreamUnavailableException in one line, where it may not be described */
    public Description describe() {
        Instant before = Clock.systemUTC().instant();
        try {
            DescribeTableResponse answer = client().describeTable(request -> request.tableName(table.tableName()));
            Instant theirs = Optional.ofNullable(answer.sdkHttpResponse()).flatMap(http -> http.firstMatchingHeader("Date"))
                    .map(SourceTable::time).orElse(before);
            return new Description(answer.table(), (theirs.isBefore(before) ? theirs : before).truncatedTo(ChronoUnit.SECONDS));
        } catch (RuntimeException e) {
            throw explained(e, "dynamodb:DescribeTable");
        }
    }

    private static Instant time(String date) {
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException notOurs) {
            return Instant.MAX;
        }
    }

    /** A failed call in words for people where only a person can help; else as it is. */
    public RuntimeException explained(RuntimeException failure, String action) {
        return switch (StreamErrors.kind(failure)) {
            case REFUSED -> new StreamUnavailableException("Table '" + table.tableName() + "' in " + clients.place() + " may not be read ("
                    + StreamErrors.reason(failure) + "). Check the credentials, and that they allow " + action + " on the table.", failure);
            case NOT_FOUND -> new StreamUnavailableException("Table '" + table.tableName() + "' does not exist in " + clients.place()
                    + ": check the table's name, the region option (or AWS_REGION) and the account of the credentials.", failure);
            default -> failure;
        };
    }

    /** The route's client for tables. */
    public DynamoDbClient client() {
        if (clients.tables() == null) {
            throw new StreamUnavailableException("Table '" + table.tableName() + "': reading it needs amazonDynamoDbClient too where"
                    + " amazonDynamoDbStreamsClient is given.", null);
        }
        return clients.tables();
    }

    /** Of the route, by its checkpoints; to be closed. */
    public RoutePosition position() {
        CheckpointStore store = CheckpointStores.of(context, options, clients, application, table.tableName());
        return new RoutePosition(table.tableName(), store, table.finder(clients, threads::awaitDescribeTurn), options.startPosition(),
                (stream, owned, instant) -> FirstPosition.store(stream, clients, owned, instant, threads),
                pause -> LockSupport.parkNanos(pause.toNanos()));
    }

    @Override
    public void close() {
        threads.stop();
        clients.close();
    }
}
