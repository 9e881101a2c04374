package io.distributary.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The milliseconds of every put of one measurement. */
record Latencies(double[] milliseconds) {
    static MarkdownTable report(Map<? extends Contender<?>, List<Latencies>> results) {
        var table = new MarkdownTable("contender", "p50 ms", "its rounds", "p99 ms", "its rounds", "max ms");
        results.forEach((contender, runs) -> {
            var p50 = runs.stream().mapToDouble(run -> run.percentile(0.5)).toArray();
            var p99 = runs.stream().mapToDouble(run -> run.percentile(0.99)).toArray();
            var max = runs.stream().mapToDouble(Latencies::max).max().orElseThrow();
            table.row("`" + contender.name() + "` (" + contender.optionText() + ")", tenth(Statistics.median(p50)), range(p50),
                    tenth(Statistics.median(p99)), range(p99), tenth(max));
        });
        return table;
    }

    private double percentile(double part) {
        return Statistics.percentile(part, milliseconds);
    }

    private double max() {
        return Statistics.max(milliseconds);
    }

    private static String range(double[] values) {
        return tenth(Statistics.min(values)) + " - " + tenth(Statistics.max(values));
    }

    private static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    @Override
    public String toString() {
        return "p50 " + tenth(percentile(0.5)) + " ms, p99 " + tenth(percentile(0.99)) + " ms, max " + tenth(max()) + " ms";
    }
}
