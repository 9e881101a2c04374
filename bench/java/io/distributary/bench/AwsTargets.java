package io.distributary.bench;

import io.distributary.sandbox.AwsCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** SQS and SNS: the stock producers and ours into an endpoint that answers after a set time. */
@Command(name = "aws-targets", sortOptions = false, usageHelpAutoWidth = true,
        description = "Messages per second, API calls and latency of aws2-sqs and aws2-sns, stock and ours.")
final class AwsTargets implements Callable<Integer> {
    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    private boolean help;

    @Option(names = "--rounds", defaultValue = "5", paramLabel = "N", description = "Counted rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--messages", defaultValue = "20000", paramLabel = "N",
            description = "Messages of 1 KB for each measurement; the stock producers get a twentieth (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--latency", defaultValue = "5", paramLabel = "MS",
            description = "Milliseconds from a call to its answer (default: ${DEFAULT-VALUE}).")
    private int latency;

    @Override
    public Integer call() throws Exception {
        AwsCredentials.useDummies();
        System.out.println(Machine.describe());
        var results = new LinkedHashMap<AwsSending, List<AwsSending.Result>>();
        for (var round = 0; round <= rounds; round++) {
            for (var sending : AwsSending.all()) {
                var result = sending.measure(messages, Duration.ofMillis(latency));
                System.err.println((round == 0 ? "warm-up  " : "round " + round + "  ") + sending + "  " + result);
                if (round > 0) {
                    results.computeIfAbsent(sending, s -> new ArrayList<>()).add(result);
                }
            }
        }
        System.out.println(report(results));
        return 0;
    }

    private static MarkdownTable report(Map<AwsSending, List<AwsSending.Result>> results) {
        var table = new MarkdownTable("producer", "in flight", "messages/s", "lowest", "highest", "to stock", "messages/call",
                "p50 ms of one alone");
        results.forEach((sending, runs) -> {
            var rates = runs.stream().mapToDouble(AwsSending.Result::perSecond).toArray();
            var stock = results.get(sending.stock()).stream().mapToDouble(AwsSending.Result::perSecond).toArray();
            table.row("`" + sending.scheme() + "` " + sending.name(), "" + sending.inFlight(), whole(Statistics.median(rates)),
                    whole(Statistics.min(rates)), whole(Statistics.max(rates)),
                    tenth(Statistics.median(rates) / Statistics.median(stock)),
                    tenth(Statistics.median(runs.stream().mapToDouble(AwsSending.Result::perCall).toArray())),
                    tenth(Statistics.median(runs.stream().mapToDouble(AwsSending.Result::aloneMillis).toArray())));
        });
        return table;
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
