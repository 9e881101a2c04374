package io.distributary.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The order of measurements: in every round each contender once, A B C A B C, so that what else happens on the machine, and the
 * JVM getting warmer, falls on all alike. The first rounds are not counted.
 */
final class Rounds {
    @Option(names = "--rounds", defaultValue = "5", paramLabel = "N", description = "Counted rounds (default: ${DEFAULT-VALUE}).")
    private int counted;

    @Option(names = "--warm-up", defaultValue = "1", paramLabel = "N",
            description = "Rounds before them that are not counted (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Measure these contenders only.")
    private List<String> only;

    /** Measures one contender once. */
    interface Measurement<T> {
        T measure(Contender contender) throws Exception;
    }

    /** The counted results of each contender; each is told on standard error as it comes. */
    <T> Map<Contender, List<T>> run(List<Contender> contenders, Measurement<T> measurement) throws Exception {
        var chosen = Contender.named(only, contenders);
        var results = new LinkedHashMap<Contender, List<T>>();
        for (var round = 1 - warmUp; round <= counted; round++) {
            for (var contender : chosen) {
                var result = measurement.measure(contender);
                System.err.println((round < 1 ? "warm-up" : "round " + round) + "  " + contender.name() + "  " + result);
                if (round >= 1) {
                    results.computeIfAbsent(contender, c -> new ArrayList<>()).add(result);
                }
            }
        }
        return results;
    }
}
