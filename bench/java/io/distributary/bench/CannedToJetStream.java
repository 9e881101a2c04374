package io.distributary.bench;

import io.distributary.bench.streams.CannedRecords;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the target alone can do: from a stream whose answers were made beforehand to acknowledged JetStream. */
@Command(name = "canned-to-jetstream", sortOptions = false, usageHelpAutoWidth = true,
        description = "1 KB records per second from a canned stream to acknowledged JetStream: stock Camel, ours record by record"
                + " through the flagship's filter and router, and ours in batches.")
final class CannedToJetStream implements Callable<Integer> {
    private static final long LIMIT_SECONDS = 300;
    private static final int STEP = 10_000;

    @Mixin
    private Rounds rounds = new Rounds();

    @Option(names = "--records", defaultValue = "400000", paramLabel = "N",
            description = "Records, whole ten thousands; stock gets the part --stock-share (default: ${DEFAULT-VALUE}).")
    private int records;

    @Option(names = "--stock-share", defaultValue = "0.1", paramLabel = "PART",
            description = "Stock's part of the records, so that it does not take minutes (default: ${DEFAULT-VALUE}).")
    private double stockShare;

    @Option(names = "--shards", defaultValue = "4", paramLabel = "N",
            description = "Shards of the stream; 1 for stock, which reads no more (default: ${DEFAULT-VALUE}).")
    private int shards;

    @Option(names = "--round-trip", defaultValue = "0", paramLabel = "MS",
            description = "Milliseconds added to each round trip to nats-server (default: ${DEFAULT-VALUE}).")
    private int roundTrip;

    @Option(names = "--source-in-flight", defaultValue = "1000", paramLabel = "N",
            description = "The source's maxInFlight, per shard (default: ${DEFAULT-VALUE}).")
    private int inFlight;

    @Override
    public Integer call() throws Exception {
        rounds.require("--shards", shards, 1);
        if (records < STEP || records % STEP != 0) {
            throw rounds.wrong("--records must be a multiple of " + STEP + ", not " + records);
        }
        var window = Integer.toString(inFlight);
        var results = rounds.run(List.of(
                new Contender<>(Contender.STOCK_BEST, Contender.BEST, stockShare, StockRoute::context),
                new Contender<>(Contender.OURS, Map.of("maxInFlight", window), 1, OwnRoute::flagship),
                new Contender<>("ours-batch", Map.of("maxInFlight", window, "exchangeMode", "BATCH", "batchSize", "500"), 1,
                        OwnRoute::batches)), this::measure);
        System.out.println(Throughput.report(results));
        return 0;
    }

    private Throughput measure(Contender<Site> contender) throws Exception {
        var lanes = contender.name().equals(Contender.STOCK_BEST) ? 1 : shards;
        var count = (int) Math.round(records * contender.share()) / lanes * lanes;
        var canned = new CannedRecords(StreamToNothing::item, false);
        try (var site = new Site(new CannedTable(canned, lanes, count / lanes), Duration.ofMillis(roundTrip))) {
            var left = new AtomicLong(count);
            var all = new CountDownLatch(1);
            double seconds;
            ThreadCosts.PerRecord costs;
            try (var context = contender.context(site, exchange -> acknowledged(exchange, left, all))) {
                context.start();
                var before = ThreadCosts.now();
                var start = System.nanoTime();
                context.getRouteController().startRoute(Routes.ID);
                if (!all.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new WrongResultException(contender.name() + ": " + left + " of " + count
                            + " changes were not acknowledged within " + LIMIT_SECONDS + " s");
                }
                seconds = (System.nanoTime() - start) / 1e9;
                costs = ThreadCosts.now().since(before, count);
            }
            var order = new ItemOrder(lanes * CannedRecords.ITEMS, count);
            site.messages(message -> arrived(order, new String(message.getData(), StandardCharsets.UTF_8)));
            order.require(contender.name());
            return new Throughput(count, seconds, costs);
        }
    }

    private static void acknowledged(Exchange exchange, AtomicLong left, CountDownLatch all) {
        var batch = exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY) == null
                && exchange.getProperty(ChangeEventBatch.EXCHANGE_PROPERTY) != null;
        if (left.addAndGet(batch ? -ChangeEventBatch.size(exchange) : -1) == 0) {
            all.countDown();
        }
    }

    private static void arrived(ItemOrder order, String envelope) {
        order.arrived(text(envelope, "\"keys\":{\"pk\":\""), text(envelope, "\"sequence_number\":\""));
    }

    private static String text(String json, String before) {
        var from = json.indexOf(before);
        if (from < 0) {
            throw new WrongResultException("No " + before + " in " + json);
        }
        return json.substring(from + before.length(), json.indexOf('"', from + before.length()));
    }
}
