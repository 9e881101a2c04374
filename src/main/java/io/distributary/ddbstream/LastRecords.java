package io.distributary.ddbstream;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import io.distributary.config.AwsConnection;
import io.distributary.ddbstream.shard.TableStream;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangePage;
import io.distributary.event.StreamSource;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** Reads the newest records of a table's stream, and touches no checkpoint. A stream can be read forwards only, so it reads whole shards. */
public final class LastRecords {
    private static final int PAGE = 1_000;
    /** An open shard answers empty pages also where more is to come; so many in a row, and it is at its end. */
    private static final int EMPTY_PAGES = 5;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Comparator<ChangeEvent> BY_SEQUENCE_NUMBER = Comparator.comparing(event -> new BigInteger(event.sequenceNumber()));

    private final StreamClients clients;
    private final TableStream stream;
    private final int count;

    private LastRecords(StreamClients clients, TableStream stream, int count) {
        this.clients = clients;
        this.stream = stream;
        this.count = count;
    }

    /**
     * In the order of their sequence numbers, which is that of each item's changes; fewer where the stream has no more.
     *
     * @param context whose source component says where DynamoDB is
     * @param table   its name, or the ARN of its stream
     * @throws io.distributary.ddbstream.shard.StreamUnavailableException where trying again will not help
     */
    public static List<ChangeEvent> read(CamelContext context, String table, int count) {
        DdbStreamConfiguration options = context.getComponent("aws2-ddbstream", DdbStreamComponent.class).getConfiguration().copy();
        options.setTableName(table);
        StreamClients clients = StreamClients.of(AwsConnection.of(context), options);
        try {
            TableStream stream = TableRef.parse(table).get(0).finder(clients, () -> { }).find();
            return new LastRecords(clients, stream, count).read();
        } finally {
            clients.close();
        }
    }

    /** From the shards without children back to their parents, as far as it takes. */
    private List<ChangeEvent> read() {
        Map<String, String> parents = parents();
        Set<String> next = new HashSet<>(parents.keySet());
        next.removeAll(parents.values());
        Set<String> read = new HashSet<>();
        List<ChangeEvent> records = new ArrayList<>();
        while (!next.isEmpty() && records.size() < count) {
            Set<String> before = new HashSet<>();
            for (String shard : next) {
                records.addAll(shard(shard));
                read.add(shard);
                before.add(parents.get(shard));
            }
            before.retainAll(parents.keySet()); // a parent that has expired is not listed
            before.removeAll(read);
            next = before;
        }
        records.sort(BY_SEQUENCE_NUMBER);
        return List.copyOf(records.subList(Math.max(0, records.size() - count), records.size()));
    }

    private Map<String, String> parents() {
        Map<String, String> parents = new HashMap<>();
        String after = null;
        do {
            StreamDescription page = clients.describeStream(stream.streamArn(), after);
            for (Shard shard : page.shards()) {
                parents.put(shard.shardId(), shard.parentShardId());
            }
            after = page.lastEvaluatedShardId();
        } while (after != null);
        return parents;
    }

    private Deque<ChangeEvent> shard(String shard) {
        StreamSource source = new StreamSource(stream.tableName(), stream.streamArn(), shard, stream.partitionKey(), stream.sortKey());
        Deque<ChangeEvent> newest = new ArrayDeque<>();
        String iterator = clients.getShardIterator(stream.streamArn(), shard, ShardIteratorType.TRIM_HORIZON, null);
        for (int empty = 0; iterator != null && empty < EMPTY_PAGES;) {
            ChangePage page = clients.getRecords(iterator, PAGE, source);
            for (ChangeEvent event : page.changes()) {
                if (newest.size() == count) {
                    newest.removeFirst();
                }
                newest.addLast(event);
            }
            iterator = page.nextShardIterator();
            empty = page.changes().isEmpty() ? empty + 1 : 0;
            if (empty > 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return newest;
    }
}
