package io.distributary.bench.faults;

import io.distributary.sandbox.SandboxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench/faults}. Its exit code is 0 only if every fault came to a good end. */
@Command(name = "bench/faults", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
        description = "Tries real faults on the packaged application while a writer writes, and counts what its four targets lack, have"
                + " out of order, or have twice.")
final class Faults implements Callable<Integer> {
    private static final Path FOLDER = Path.of("target", "faults").toAbsolutePath();

    @Option(names = "--only", paramLabel = "NAME", description = "Only the faults whose names contain one of these; may be given again.")
    private List<String> only = List.of("");

    @Option(names = "--long", description = "Each fault lasts longer: most 20 s in place of 5.")
    private boolean longer;

    @Option(names = "--seed", paramLabel = "N", description = "Of the writes and of the cuts (default: another each time).")
    private Long seed;

    @Option(names = "--list", description = "Print the names of the faults.")
    private boolean list;

    @Option(names = "--json", description = "Print the figures as JSON; they are in figures.json too.")
    private boolean json;

    public static void main(String[] arguments) {
        var line = new CommandLine(new Faults());
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof SandboxException) {
                command.getErr().println(e.getMessage());
            } else {
                e.printStackTrace(command.getErr());
            }
            return 1;
        });
        // the servers in this JVM keep threads of their own
        System.exit(line.execute(arguments));
    }

    static List<Fault> all(long seed) {
        var all = new ArrayList<Fault>(PeerFault.all(seed));
        all.addAll(DiskFault.all());
        all.addAll(PauseFault.all());
        all.add(new TakeoverFault("dynamodb"));
        all.add(new TakeoverFault("nats-kv"));
        all.add(new KillFault());
        all.add(new ClockFault("clock-forward", 3600));
        all.add(new ClockFault("clock-back", -3600));
        all.add(new HeapFault());
        all.add(new DayFault());
        return all;
    }

    @Override
    public Integer call() throws Exception {
        var chosen = seed != null ? seed : new Random().nextInt(1_000_000_000);
        var faults = all(chosen).stream().filter(fault -> only.stream().anyMatch(fault.name()::contains)).toList();
        if (list) {
            faults.forEach(fault -> System.out.println(fault.name()));
            return 0;
        }
        if (faults.isEmpty()) {
            System.err.println("No fault is called so; --list shows all");
            return 2;
        }
        var work = FOLDER.resolve(Long.toString(System.currentTimeMillis()));
        System.err.println("seed " + chosen + "; the applications' logs: " + work);
        try (var stage = Stage.set(Path.of("").toAbsolutePath(), work)) {
            var figures = new Run(stage, chosen, longer ? Length.LONG : Length.NORMAL, System.err::println).run(faults);
            Files.writeString(work.resolve("figures.json"), FiguresTable.json(figures));
            System.out.println(json ? FiguresTable.json(figures) : FiguresTable.table(figures));
            return figures.stream().allMatch(Figures::good) ? 0 : 1;
        }
    }
}
