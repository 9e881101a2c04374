package io.distributary.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The order of measurements: in every round each contender once, A B C A B C, so that what else happens on the machine, and the
 * JVM getting warmer, falls on all alike. The first rounds are not counted.
 */
final class Rounds {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    private boolean help;

    @Option(names = "--rounds", defaultValue = "5", paramLabel = "N", description = "Counted rounds (default: ${DEFAULT-VALUE}).")
    private int counted;

    @Option(names = "--warm-up", defaultValue = "1", paramLabel = "N",
            description = "Rounds before them that are not counted (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Measure these contenders only.")
    private List<String> only;

    /** Measures one contender once. */
    interface Measurement<O extends StreamOrigin, T> {
        T measure(Contender<O> contender) throws Exception;
    }

    /** @throws ParameterException unless the value is at least {@code least} */
    void require(String option, int value, int least) {
        if (value < least) {
            throw wrong(option + " must be at least " + least + ", not " + value);
        }
    }

    /** What is wrong with the options, for picocli to print above the usage. */
    ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** The counted results of each contender; each is told on standard error as it comes. */
    <O extends StreamOrigin, T> Map<Contender<O>, List<T>> run(List<Contender<O>> contenders, Measurement<O, T> measurement)
            throws Exception {
        require("--rounds", counted, 1);
        require("--warm-up", warmUp, 0);
        var chosen = chosen(contenders);
        System.out.println(Machine.describe());
        var results = new LinkedHashMap<Contender<O>, List<T>>();
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

    private <O extends StreamOrigin> List<Contender<O>> chosen(List<Contender<O>> contenders) {
        if (only == null) {
            return contenders;
        }
        var known = contenders.stream().map(contender -> contender.name()).toList();
        for (var name : only) {
            if (!known.contains(name)) {
                throw wrong("There is no contender " + name + "; there are " + String.join(", ", known));
            }
        }
        return contenders.stream().filter(contender -> only.contains(contender.name())).toList();
    }
}
