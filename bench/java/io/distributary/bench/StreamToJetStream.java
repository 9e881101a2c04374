package io.distributary.bench;

import static io.distributary.bench.Contender.OURS;
import static io.distributary.bench.Contender.STOCK_BEST;
import static io.distributary.bench.Contender.STOCK_DEFAULTS;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Throughput from a preloaded stream to acknowledged JetStream. */
@Command(name = "stream-to-jetstream", sortOptions = false, usageHelpAutoWidth = true,
        description = "Records per second from a preloaded stream in DynamoDB Local to acknowledged JetStream, stock Camel and ours.")
final class StreamToJetStream implements Callable<Integer> {
    private static final long LIMIT_SECONDS = 180;
    private static final double DEFAULTS_SHARE = 0.05;
    /** So that the twentieth is a whole workload too. */
    private static final int RECORDS_STEP = 20 * Workload.MULTIPLE;

    @Mixin
    private Rounds rounds = new Rounds();

    @Option(names = "--records", defaultValue = "20000", paramLabel = "N",
            description = "Preloaded changes, whole thousands; stock at its defaults gets a twentieth (default: ${DEFAULT-VALUE}).")
    private int records;

    /** One measurement, told as records per second. */
    private record Run(int records, double seconds, ThreadCosts.PerRecord costs) {
        double perSecond() {
            return records / seconds;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,.0f records/s (%,d in %.2f s), %s", perSecond(), records, seconds, costs);
        }
    }

    @Override
    public Integer call() throws Exception {
        if (records < RECORDS_STEP || records % RECORDS_STEP != 0) {
            throw rounds.wrong("--records must be a multiple of " + RECORDS_STEP + ", not " + records);
        }
        var results = rounds.run(List.of(Contender.stockDefaults(DEFAULTS_SHARE), Contender.stockBest(), Contender.ours(),
                Contender.oursKamelet(), Contender.ourSource()), this::measure);
        System.out.println(report(results));
        return 0;
    }

    private Run measure(Contender contender) throws Exception {
        var workload = new Workload((int) (records * contender.share()));
        try (var site = new Site(StreamViewType.NEW_IMAGE)) {
            workload.write(site.dynamoDb(), Site.TABLE);
            var acknowledged = new CountDownLatch(workload.changes());
            double seconds;
            ThreadCosts.PerRecord costs;
            try (var context = contender.context(site, exchange -> acknowledged.countDown())) {
                context.start();
                var before = ThreadCosts.now();
                var start = System.nanoTime();
                context.getRouteController().startRoute(Routes.ID);
                if (!acknowledged.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new WrongResultException(contender.name() + ": " + acknowledged.getCount() + " of " + workload.changes()
                            + " changes were not acknowledged within " + LIMIT_SECONDS + " s");
                }
                seconds = (System.nanoTime() - start) / 1e9;
                costs = ThreadCosts.now().since(before, workload.changes());
            }
            var arrivals = new ArrayList<Arrival>();
            for (var message : site.messages()) {
                arrivals.add(Arrival.of(message.getData()));
            }
            Delivered.compare(workload.items(), Workload.VERSIONS, arrivals).require(contender.name());
            return new Run(workload.changes(), seconds, costs);
        }
    }

    private static String report(Map<Contender, List<Run>> results) {
        var table = new MarkdownTable("contender", "median records/s", "lowest", "highest", "to stock-best", "to stock-defaults",
                "CPU us/record", "KiB/record");
        results.forEach((contender, runs) -> table.row("`" + contender.name() + "` (" + contender.optionText() + ")",
                whole(Statistics.median(rates(runs))), whole(Statistics.min(rates(runs))), whole(Statistics.max(rates(runs))),
                ratio(results, contender, STOCK_BEST), ratio(results, contender, STOCK_DEFAULTS),
                whole(Statistics.median(runs.stream().mapToDouble(run -> run.costs().cpuMicros()).toArray())),
                String.format(Locale.ROOT, "%.1f",
                        Statistics.median(runs.stream().mapToDouble(run -> run.costs().allocatedKib()).toArray()))));
        return table + System.lineSeparator() + System.lineSeparator() + verdict(results);
    }

    private static String verdict(Map<Contender, List<Run>> results) {
        return results.keySet().stream().filter(contender -> contender.name().equals(OURS)).findFirst()
                .map(ours -> "ours / stock at its best: " + ratio(results, ours, STOCK_BEST)
                        + "; ours / stock at its defaults: " + ratio(results, ours, STOCK_DEFAULTS))
                .orElse("");
    }

    /** Of the medians; a dash where the other was not measured. */
    private static String ratio(Map<Contender, List<Run>> results, Contender contender, String to) {
        return results.entrySet().stream().filter(entry -> entry.getKey().name().equals(to)).findFirst()
                .map(entry -> String.format(Locale.ROOT, "%.2f",
                        Statistics.median(rates(results.get(contender))) / Statistics.median(rates(entry.getValue()))))
                .orElse("-");
    }

    private static double[] rates(List<Run> runs) {
        return runs.stream().mapToDouble(Run::perSecond).toArray();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
