package io.distributary.bench;

import java.util.ArrayList;
import java.util.List;
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

    @Override
    public Integer call() throws Exception {
        if (records < RECORDS_STEP || records % RECORDS_STEP != 0) {
            throw rounds.wrong("--records must be a multiple of " + RECORDS_STEP + ", not " + records);
        }
        var results = rounds.run(List.of(Contender.stockDefaults(DEFAULTS_SHARE), Contender.stockBest(), Contender.ours(),
                Contender.oursKamelet(), Contender.ourSource()), this::measure);
        System.out.println(Throughput.report(results));
        return 0;
    }

    private Throughput measure(Contender<Site> contender) throws Exception {
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
            site.messages(message -> arrivals.add(Arrival.of(message.getData())));
            Delivered.compare(workload.items(), Workload.VERSIONS, arrivals).require(contender.name());
            return new Throughput(workload.changes(), seconds, costs);
        }
    }
}
