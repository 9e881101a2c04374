package io.distributary.bench;

import static io.distributary.bench.Contender.OURS;
import static io.distributary.bench.Contender.STOCK_BEST;
import static io.distributary.bench.Contender.STOCK_DEFAULTS;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One measurement, told as records per second. */
record Throughput(int records, double seconds, ThreadCosts.PerRecord costs) {
    double perSecond() {
        return records / seconds;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,.0f records/s (%,d in %.2f s), %s", perSecond(), records, seconds, costs);
    }

    static <O extends StreamOrigin> String report(Map<Contender<O>, List<Throughput>> results) {
        var table = new MarkdownTable("contender", "median records/s", "lowest", "highest", "to stock-best", "to stock-defaults",
                "CPU us/record", "KiB/record");
        results.forEach((contender, runs) -> table.row("`" + contender.name() + "` (" + contender.optionText() + ")",
                whole(Statistics.median(rates(runs))), whole(Statistics.min(rates(runs))), whole(Statistics.max(rates(runs))),
                ratio(results, contender, STOCK_BEST), ratio(results, contender, STOCK_DEFAULTS),
                String.format(Locale.ROOT, "%.1f",
                        Statistics.median(runs.stream().mapToDouble(run -> run.costs().cpuMicros()).toArray())),
                String.format(Locale.ROOT, "%.1f",
                        Statistics.median(runs.stream().mapToDouble(run -> run.costs().allocatedKib()).toArray()))));
        return table + System.lineSeparator() + System.lineSeparator() + verdict(results);
    }

    private static <O extends StreamOrigin> String verdict(Map<Contender<O>, List<Throughput>> results) {
        return results.keySet().stream().filter(contender -> contender.name().equals(OURS)).findFirst()
                .map(ours -> "ours / stock at its best: " + ratio(results, ours, STOCK_BEST)
                        + "; ours / stock at its defaults: " + ratio(results, ours, STOCK_DEFAULTS))
                .orElse("");
    }

    /** Of the medians; a dash where the other was not measured. */
    private static <O extends StreamOrigin> String ratio(Map<Contender<O>, List<Throughput>> results, Contender<O> contender, String to) {
        return results.entrySet().stream().filter(entry -> entry.getKey().name().equals(to)).findFirst()
                .map(entry -> String.format(Locale.ROOT, "%.2f",
                        Statistics.median(rates(results.get(contender))) / Statistics.median(rates(entry.getValue()))))
                .orElse("-");
    }

    private static double[] rates(List<Throughput> runs) {
        return runs.stream().mapToDouble(Throughput::perSecond).toArray();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
