package io.distributary.bench;

import io.distributary.bench.streams.CannedRecords;
import io.distributary.event.ChangeEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** What the source alone can do: from a preloaded stream to a route that discards. */
@Command(name = "stream-to-nothing", sortOptions = false, usageHelpAutoWidth = true,
        description = "Records per second from a preloaded stream to a route that discards them, stock Camel and ours.")
final class StreamToNothing implements Callable<Integer> {
    private static final long LIMIT_SECONDS = 180;
    /** Brings an item of the workload to 1 KB as DynamoDB counts it. */
    private static final String NOTE = "0123456789abcdefghijklmnopqrstuvwxyz".repeat(24);

    @Mixin
    private Rounds rounds = new Rounds();

    @Option(names = "--source", defaultValue = "dynamodb-local", paramLabel = "NAME", converter = SourceName.class,
            description = "dynamodb-local: one shard; canned: answers made beforehand, so that the server is not the limit"
                    + " (default: ${DEFAULT-VALUE}).")
    private Server server;

    @Option(names = "--records", paramLabel = "N", description = "Records, whole thousands; stock at its defaults gets a part"
            + " (default: 20000 from dynamodb-local, 1000000 from canned).")
    private Integer records;

    @Option(names = "--shards", defaultValue = "4", paramLabel = "N",
            description = "Shards of the canned stream (default: ${DEFAULT-VALUE}).")
    private int shards;

    @Option(names = "--both-images", description = "Records hold the old image too; else the new one alone.")
    private boolean bothImages;

    /** What answers the source's calls. */
    private enum Server {
        DYNAMODB_LOCAL(20_000, 0.05),
        CANNED(1_000_000, 0.001);

        private final int records;
        private final double defaultsShare;

        Server(int records, double defaultsShare) {
            this.records = records;
            this.defaultsShare = defaultsShare;
        }
    }

    private static final class SourceName implements picocli.CommandLine.ITypeConverter<Server> {
        @Override
        public Server convert(String name) {
            for (var server : Server.values()) {
                if (server.name().replace('_', '-').equalsIgnoreCase(name)) {
                    return server;
                }
            }
            throw new picocli.CommandLine.TypeConversionException("there is no source '" + name + "'; there are dynamodb-local and canned");
        }
    }

    @Override
    public Integer call() throws Exception {
        rounds.require("--shards", shards, 1);
        if (records == null) {
            records = server.records;
        }
        var step = (int) Math.round(shards * Workload.MULTIPLE / server.defaultsShare);
        if (records < step || records % step != 0) {
            throw rounds.wrong("--records must be a multiple of " + step + ", not " + records);
        }
        var results = rounds.run(List.of(
                new Contender<>(Contender.STOCK_DEFAULTS, Map.of(), server.defaultsShare, StockRoute::discarding),
                new Contender<>(Contender.STOCK_BEST, Contender.BEST, 1, StockRoute::discarding),
                new Contender<>(Contender.OURS, Map.of(), 1, OwnRoute::discarding),
                new Contender<>("ours-batch", Contender.BATCH, 1, OwnRoute::discarding)), this::measure);
        System.out.println(Throughput.report(results));
        return 0;
    }

    private Throughput measure(Contender<StreamOrigin> contender) throws Exception {
        var count = (int) Math.round(records * contender.share());
        try (var origin = origin(count)) {
            var order = new ItemOrder(server == Server.CANNED ? shards * CannedRecords.ITEMS : count / Workload.VERSIONS, count);
            double seconds;
            ThreadCosts.PerRecord costs;
            try (var context = contender.context(origin, check(order))) {
                context.start();
                var before = ThreadCosts.now();
                var start = System.nanoTime();
                context.getRouteController().startRoute(Routes.ID);
                order.await(contender.name(), LIMIT_SECONDS);
                seconds = (System.nanoTime() - start) / 1e9;
                costs = ThreadCosts.now().since(before, count);
            }
            order.require(contender.name());
            return new Throughput(count, seconds, costs);
        }
    }

    private StreamOrigin origin(int count) throws Exception {
        if (server == Server.CANNED) {
            return new CannedTable(new CannedRecords(StreamToNothing::item, bothImages), shards, count / shards);
        }
        var table = new LocalTable(Folders.sandbox(),
                bothImages ? StreamViewType.NEW_AND_OLD_IMAGES : StreamViewType.NEW_IMAGE);
        new Workload(count).write(table.dynamoDb(), LocalTable.NAME);
        return table;
    }

    static Map<String, AttributeValue> item(String partitionKey, String version) {
        var item = new HashMap<>(Workload.item(1, 1));
        item.put("pk", AttributeValue.fromS(partitionKey));
        item.put("version", AttributeValue.fromN(version));
        item.put("note", AttributeValue.fromS(NOTE));
        return item;
    }

    /** Looks at what every router looks at, the key and the position, and no further. */
    private static Processor check(ItemOrder order) {
        return exchange -> {
            var body = exchange.getMessage().getBody();
            if (body instanceof ChangeEvent event) {
                order.arrived(event.partitionKey(), event.sequenceNumber());
            } else if (body instanceof List<?> batch) {
                batch.forEach(each -> order.arrived(((ChangeEvent) each).partitionKey(), ((ChangeEvent) each).sequenceNumber()));
            } else {
                arrived(order, exchange);
            }
        };
    }

    private static void arrived(ItemOrder order, Exchange exchange) {
        var change = exchange.getMessage().getBody(Record.class).dynamodb();
        order.arrived(change.keys().get("pk").s(), change.sequenceNumber());
    }
}
