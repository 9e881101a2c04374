package io.distributary.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The micro-benchmarks: every {@code @Benchmark} on the class path, in JVMs of their own. */
@Command(name = "jmh", sortOptions = false, usageHelpAutoWidth = true,
        description = "Operations per second, processor time and allocation of the converter and of the lanes on one thread, by JMH.")
final class MicroBenchmarks implements Callable<Integer> {
    /** The profiler's name for the bytes allocated by one operation. */
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** The benchmark waits for the compiler, so that its warm-up is one also where other work keeps the compiler from the processor. */
    private static final String WAIT_FOR_COMPILER = "-Xbatch";

    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    private boolean help;

    @Option(names = "--forks", defaultValue = "2", paramLabel = "N", description = "JVMs, one after the other (default: ${DEFAULT-VALUE}).")
    private int forks;

    @Option(names = "--warm-up", defaultValue = "4", paramLabel = "N",
            description = "Iterations of each JVM that are not counted (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--iterations", defaultValue = "5", paramLabel = "N", description = "Counted iterations (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(names = "--seconds", defaultValue = "1", paramLabel = "N", description = "Of an iteration (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Parameters(arity = "0..*", paramLabel = "PATTERN", description = "Regular expressions of the names to run (default: all).")
    private List<String> patterns = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        var options = new OptionsBuilder().forks(forks).jvmArgsAppend(WAIT_FOR_COMPILER).threads(1).shouldFailOnError(true).addProfiler(GCProfiler.class)
                .addProfiler(CpuTimeProfiler.class)
                .warmupIterations(warmUp).warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(iterations).measurementTime(TimeValue.seconds(seconds));
        patterns.forEach(options::include);
        System.out.println(Machine.describe());
        var progress = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL);
        System.out.println(report(new Runner(options.build(), progress).run()));
        return 0;
    }

    private static String report(Collection<RunResult> results) {
        var table = new MarkdownTable("benchmark", "operations/s", "+-", "CPU ns", "bytes allocated");
        for (var result : results) {
            var rate = result.getPrimaryResult();
            table.row("`" + name(result) + "`", whole(rate.getScore()), whole(rate.getScoreError()),
                    whole(second(result, CpuTimeProfiler.CPU_TIME)), whole(second(result, ALLOCATED)));
        }
        return table.toString();
    }

    private static double second(RunResult result, String name) {
        var found = result.getSecondaryResults().get(name);
        return found == null ? Double.NaN : found.getScore();
    }

    /** Class and method, and the parameters' values. */
    private static String name(RunResult result) {
        var parameters = result.getParams();
        var parts = parameters.getBenchmark().split("\\.");
        var name = new StringBuilder(parts[parts.length - 2]).append('.').append(parts[parts.length - 1]);
        for (var key : parameters.getParamsKeys()) {
            name.append(' ').append(parameters.getParam(key));
        }
        return name.toString();
    }

    private static String whole(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,.0f", value);
    }
}
