package io.distributary.bench;

import io.distributary.event.ChangeEvent;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What many shards cost while little happens: memory and threads. */
@Command(name = "shards", sortOptions = false, usageHelpAutoWidth = true,
        description = "Heap after a collection and threads over time, with our source reading many shards that see a trickle of records.")
final class IdleShards implements Callable<Integer> {
    private static final long LIMIT_SECONDS = 120;
    /** Heap after a collection that is not flat: the median of the last third by so much above that of the first. */
    private static final double GROWTH = 1.1;

    @Spec
    private CommandSpec command;

    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    private boolean help;

    @Option(names = "--shards", defaultValue = "1000", paramLabel = "N", description = "Open shards (default: ${DEFAULT-VALUE}).")
    private int shards;

    @Option(names = "--seconds", defaultValue = "60", paramLabel = "N",
            description = "How long, after every shard has been read once (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--every", defaultValue = "5", paramLabel = "N", description = "Seconds between two looks (default: ${DEFAULT-VALUE}).")
    private int every;

    @Option(names = "--rate", defaultValue = "100", paramLabel = "N",
            description = "Puts per second over all shards (default: ${DEFAULT-VALUE}).")
    private int rate;

    /** One look: the server in the same JVM is in the heap and not in the threads. */
    private record Look(int second, double heapMib, int threads, double readsPerShard) {
    }

    @Override
    public Integer call() throws Exception {
        require("--shards", shards, 1);
        require("--rate", rate, 1);
        require("--every", every, 1);
        require("--seconds", seconds, 3 * every);
        System.out.println(Machine.describe());
        var looks = measure(new Contender<>(Contender.OURS, Map.of(), 1, OwnRoute::discarding));
        System.out.println(report(looks));
        requireFlat(looks.stream().mapToDouble(Look::heapMib).toArray());
        return 0;
    }

    private void require(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(command.commandLine(), option + " must be at least " + least + ", not " + value);
        }
    }

    private List<Look> measure(Contender<StreamOrigin> contender) throws Exception {
        var puts = seconds * rate;
        var first = new CountDownLatch(shards);
        var rest = new CountDownLatch(puts);
        var looks = new ArrayList<Look>();
        var looker = Executors.newSingleThreadScheduledExecutor();
        try (var table = new LiveTable(shards); var context = contender.context(table.origin(), arrivals(puts, first, rest))) {
            context.start();
            context.getRouteController().startRoute(Routes.ID);
            for (var shard = 0; shard < shards; shard++) {
                table.put(shard, puts + shard);
            }
            await(first);
            var before = new long[] {table.reads(), System.nanoTime()};
            var looking = looker.scheduleAtFixedRate(() -> {
                var reads = table.reads();
                var now = System.nanoTime();
                System.gc();
                looks.add(new Look((looks.size() + 1) * every,
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (double) (1 << 20), ThreadCosts.now().threads(),
                        (reads - before[0]) / ((now - before[1]) / 1e9) / shards));
                before[0] = reads;
                before[1] = now;
            }, every, every, TimeUnit.SECONDS);
            Trickle.run(puts, rate, number -> table.put(number % shards, number));
            await(rest);
            looking.cancel(false);
        } finally {
            looker.shutdown();
        }
        looker.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS);
        return looks;
    }

    private static Processor arrivals(int puts, CountDownLatch first, CountDownLatch rest) {
        var seen = new BitSet();
        return exchange -> {
            var number = Integer.parseInt(exchange.getMessage().getBody(ChangeEvent.class).newImage().get(LiveTable.NUMBER).n());
            synchronized (seen) {
                if (seen.get(number)) {
                    throw new WrongResultException("Change " + number + " arrived again");
                }
                seen.set(number);
            }
            (number < puts ? rest : first).countDown();
        };
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new WrongResultException(latch.getCount() + " changes had not arrived " + LIMIT_SECONDS + " s later");
        }
    }

    /** @throws WrongResultException where the heap after collections, in MiB, grows */
    static void requireFlat(double... heap) {
        var third = heap.length / 3;
        var early = Statistics.median(Arrays.copyOf(heap, third));
        var late = Statistics.median(Arrays.copyOfRange(heap, heap.length - third, heap.length));
        if (late > early * GROWTH) {
            throw new WrongResultException(String.format(Locale.ROOT, "The heap is not flat: from %.1f to %.1f MiB", early, late));
        }
    }

    private static String report(List<Look> looks) {
        var table = new MarkdownTable("after s", "heap after collection MiB", "threads", "reads/s and shard");
        looks.forEach(look -> table.row(Integer.toString(look.second()), String.format(Locale.ROOT, "%.1f", look.heapMib()),
                Integer.toString(look.threads()), String.format(Locale.ROOT, "%.2f", look.readsPerShard())));
        return table.toString();
    }
}
