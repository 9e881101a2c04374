package io.distributary.bench.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Tries one fault: changes are written before, during and after it, and in the end all have to be where they belong. */
final class Trial {
    /** A generous limit for whatever has to happen by itself; nothing waits for it where it happens. */
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    /** The option's default, which the route leaves as it is. */
    private static final int MAX_IN_FLIGHT = 256;
    private static final Predicate<String> WARNING = line -> line.contains(" WARN ") || line.contains(" ERROR ");

    private final World world;
    private final Fault fault;
    private final Length length;
    private final List<String> problems = new ArrayList<>();
    private Duration told;
    private String reason;

    Trial(World world, Fault fault, Length length) {
        this.world = world;
        this.fault = fault;
        this.length = length;
    }

    /** The application runs already, or is starting. */
    Figures run() throws Exception {
        var before = world.verdict();
        var writtenBefore = world.writer().written().size();
        var lettersBefore = world.deadLetters();
        var needlessBefore = world.needlessDeadLetters();
        var application = world.application();
        world.writer().start(fault.shape());
        if (!await(() -> !application.running() || world.writer().written().size() > writtenBefore && application.health("/readyz").up()
                && someArrived(writtenBefore)) || !application.running()) {
            world.writer().stop();
            return figures(before, writtenBefore, lettersBefore, null, List.of(), "did not run before the fault");
        }
        var linesBefore = application.lines().size();
        var inflicted = System.nanoTime();
        fault.inflict(world);
        hold(application, inflicted);
        fault.heal(world);
        var healed = System.nanoTime();
        world.writer().stop();
        var recovered = recover(application, healed);
        if (world.needlessDeadLetters() > needlessBefore) {
            problems.add("dead letters of what the targets take");
        }
        var lines = application.lines();
        return figures(before, writtenBefore, lettersBefore, recovered, lines.subList(linesBefore, lines.size()).stream().filter(WARNING)
                .toList(), null);
    }

    /** Whether a change of this trial has come through. */
    private boolean someArrived(int writtenBefore) throws IOException {
        var written = world.writer().written();
        var own = written.subList(writtenBefore, written.size());
        return world.deliveries().at(Target.NATS).stream().anyMatch(arrival -> own.contains(arrival.change()));
    }

    private void hold(Application application, long inflicted) {
        var least = fault.hold(length);
        await(least.plus(PATIENCE), () -> {
            if (fault.answers() && application.running()) {
                probe(application, inflicted);
            }
            return since(inflicted).compareTo(least) >= 0 && (told != null || fault.check().isEmpty());
        });
    }

    private void probe(Application application, long inflicted) throws InterruptedException {
        if (application.health("/livez").status() == 503 && !problems.contains("not live")) {
            problems.add("not live");
        }
        if (told == null && fault.check().isPresent()) {
            application.health("/readyz").reason(fault.check().get()).ifPresent(why -> {
                told = since(inflicted);
                reason = why;
            });
        }
    }

    /** From the end of the fault until all is where it belongs and the application is ready again; null where that does not come. */
    private Duration recover(Application application, long healed) throws Exception {
        var complete = new Duration[1];
        var ended = !await(() -> {
            fault.collect(world);
            if (complete[0] == null && world.isComplete()) {
                complete[0] = since(healed);
            }
            return !world.application().running() || complete[0] != null && world.application().health("/readyz").up();
        });
        var current = world.application();
        if (!current.running()) {
            return restarted(current, healed);
        }
        if (ended) {
            problems.add(complete[0] == null ? "stuck" : "not ready again: " + current.health("/readyz").down());
            current.signal("QUIT"); // its threads, into its log
        }
        return complete[0];
    }

    /** It has ended by itself: whoever runs it starts it again. */
    private Duration restarted(Application ended, long healed) throws Exception {
        var lines = ended.lines();
        reason = "ended with code " + ended.exitCode().getAsInt() + ": " + (lines.isEmpty() ? "no output" : lines.get(lines.size() - 1));
        if (!fault.mayEnd() || ended.exitCode().getAsInt() == 0) {
            problems.add(reason);
        }
        var next = world.start(Application.Launch.PLAIN);
        if (!await(() -> !next.running() || world.isComplete())) {
            problems.add("stuck after another start");
        }
        return since(healed);
    }

    private Figures figures(Verdict before, int writtenBefore, int lettersBefore, Duration recovered, List<String> warnings, String problem)
            throws IOException {
        var after = world.verdict();
        var verdict = new Verdict(after.lost() - before.lost(), after.unknown() - before.unknown(),
                after.reordered() - before.reordered() + (fault.goesBack() ? 0 : after.rewound() - before.rewound()),
                after.rewound() - before.rewound(), after.repeated() - before.repeated(), after.unrecognised() - before.unrecognised());
        if (problem != null) {
            problems.add(problem);
        }
        if (fault.check().isPresent() && told == null) {
            problems.add("readyz did not tell");
        }
        if (told != null && warnings.isEmpty()) {
            problems.add("the log did not tell");
        }
        return new Figures(fault.name(), world.writer().written().size() - writtenBefore, verdict,
                MAX_IN_FLIGHT * fault.interruptions(world), world.deadLetters() - lettersBefore, told, reason, recovered, warnings, problems);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** False when it did not come about in time. */
    private static boolean await(Callable<Boolean> condition) {
        return await(PATIENCE, condition);
    }

    private static boolean await(Duration patience, Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(patience).pollInterval(LOOK_AGAIN).pollDelay(Duration.ZERO).until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}
