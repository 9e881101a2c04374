package io.distributary.redrive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;

import io.distributary.deadletter.store.DeadLetterStore;
import io.distributary.deadletter.store.DeadLetterStores;
import io.distributary.deadletter.store.RefusedEntry;
import io.distributary.metrics.Meters;
import io.micrometer.core.instrument.Counter;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends dead letters again through the running routes of an application, beside what their sources bring. One redrive at a time; it
 * ends with its store, when it is told to, or with the context. Thread-safe.
 */
public final class RunningRedrive {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRedrive.class);
    /** Dead letters that stay are remembered for who asks, so many of them. */
    private static final int REMEMBERED = 100;

    private final CamelContext context;
    private final Deque<RedriveResult> stayed = new ArrayDeque<>();
    private String store;
    private Redrive redrive;
    private RedriveSummary last;
    private String failure;

    /**
     * The redrive that is under way, or the last one.
     *
     * @param store   where its dead letters are; null where there has been none
     * @param running whether it is under way
     * @param summary what it has done; null where there has been none, or it has not begun to read
     * @param failure why it ended before its store did, or null
     * @param stayed  the newest dead letters that stay, with their reasons, at most 100
     */
    public record Status(String store, boolean running, RedriveSummary summary, String failure, List<RedriveResult> stayed) {
    }

    private RunningRedrive(CamelContext context) {
        this.context = context;
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext stopping) {
                stop();
            }
        });
    }

    /** That of the context. */
    public static RunningRedrive of(CamelContext context) {
        synchronized (OnlyTargetSteps.of(context)) {
            RunningRedrive running = context.getCamelContextExtension().getContextPlugin(RunningRedrive.class);
            if (running == null) {
                running = new RunningRedrive(context);
                context.getCamelContextExtension().addContextPlugin(RunningRedrive.class, running);
            }
            return running;
        }
    }

    /**
     * Begins, and returns at once.
     *
     * @param uri     one of {@link DeadLetterStores#FORMS}
     * @param options not dry, as the routes are those that send
     * @return false where one is under way
     * @throws IllegalArgumentException where it names no store, or there is none: one line
     */
    public synchronized boolean start(String uri, RedriveOptions options) {
        if (options.dry()) {
            throw new IllegalArgumentException("A running route sends: a dry run is the command's, redrive --dry-run");
        }
        if (redrive != null) {
            return false;
        }
        DeadLetterStore letters = DeadLetterStores.open(context, uri, this::refused);
        store = uri;
        failure = null;
        last = null;
        stayed.clear();
        Redrive next = new Redrive(context, letters, options, this::note);
        redrive = next;
        ExecutorService thread = context.getExecutorServiceManager().newSingleThreadExecutor(this, "redrive-run");
        thread.execute(() -> {
            try (letters) {
                run(next);
            } finally {
                context.getExecutorServiceManager().shutdown(thread);
            }
        });
        return true;
    }

    private void run(Redrive running) {
        String problem = null;
        try {
            running.run(so -> { });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            problem = "interrupted";
        } catch (RuntimeException e) {
            problem = String.valueOf(e.getMessage());
            LOG.debug("Redrive ended", e);
        }
        RedriveSummary summary = running.summary();
        LOG.info("Redrive of {}: {}{}", store, RedriveText.of(summary, 0, false).replace(System.lineSeparator(), ". "),
                problem == null ? "" : ". Ended early: " + problem);
        synchronized (this) {
            failure = problem;
            last = summary;
            redrive = null;
        }
    }

    private void refused(RefusedEntry entry) {
        LOG.warn("{}: {}; it stays where it is", entry.place(), entry.reason());
        count("unreadable");
    }

    private void count(String outcome) {
        Counter.builder("distributary.redrive.records").description("Dead letters that a redrive in this instance has read, by what became of them")
                .tag("outcome", outcome).register(Meters.of(context)).increment();
    }

    private synchronized void note(RedriveResult result) {
        count(result.outcome().word());
        if (result.outcome().stays()) {
            if (stayed.size() == REMEMBERED) {
                stayed.removeFirst();
            }
            stayed.add(result);
        }
    }

    /** Begins with no further dead letter; what is under way is finished, and the rest given back to the store. */
    public synchronized void stop() {
        if (redrive != null) {
            redrive.stop();
        }
    }

    /** How it is. */
    public Status status() {
        Redrive running;
        Status ended;
        synchronized (this) {
            running = redrive;
            ended = new Status(store, redrive != null, last, failure, List.copyOf(stayed));
        }
        // not under the lock: a redrive holds its own when it tells of a result
        return running == null ? ended : new Status(ended.store(), true, running.summary(), null, ended.stayed());
    }
}
