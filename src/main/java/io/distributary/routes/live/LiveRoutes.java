package io.distributary.routes.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.distributary.diagnosis.CamelSurroundings;
import io.distributary.diagnosis.Diagnoser;
import io.distributary.retry.Backoff;
import io.distributary.routes.RouteFiles;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what is saved in the folders of routes and kamelets while they run: just what has changed, and what uses it. A file
 * that is no good is refused, its last good version runs on, and {@link #problems} has the reason until it is corrected.
 *
 * <p>A service of the context. All work is done on one thread of its own; any thread may ask for the problems.
 */
public final class LiveRoutes extends ServiceSupport implements CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger("io.distributary");
    private static final String DOWN = "Not running: ";
    private static final Backoff AGAIN = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final Path routes;
    private final Path kamelets;
    private final Path config;
    private final Folders folders;
    private final String startConfig;
    private final Settling settling;
    private final Random random = new Random();

    private CamelContext context;
    private ScheduledExecutorService thread;
    private RouteFiles files;
    private Examiner examiner;
    private RunningRoutes running;

    private Map<String, SourceFile> inForce = new TreeMap<>();
    private final Map<String, NoStart> noStarts = new TreeMap<>();
    private Map<String, Folders.Saved> seen;
    private Map<String, Folders.Saved> handled;
    private long seenSince;
    private String seenConfig;
    private long tryAgainAt;
    private int tries;

    private volatile Map<String, String> problems = Map.of();
    private volatile boolean routesDown;
    private volatile boolean stopping;

    /** Files that could not be started together; tried again when one of them is saved again. */
    private record NoStart(String problem, Map<String, Optional<Folders.Saved>> versions) {
        boolean holds(Map<String, Folders.Saved> disk) {
            return versions.entrySet().stream()
                    .allMatch(file -> file.getValue().equals(Optional.ofNullable(disk.get(file.getKey()))));
        }
    }

    /**
     * Reads the files as they are; so make it before Camel loads them: what is saved in between is then taken up.
     *
     * @param config of which a change is only reported: it takes effect at a restart
     * @throws IOException where the routes' folder cannot be read
     */
    public LiveRoutes(Path routes, Path kamelets, Path config) throws IOException {
        this(routes, kamelets, config, Settling.DEFAULT);
    }

    LiveRoutes(Path routes, Path kamelets, Path config, Settling settling) throws IOException {
        this.settling = settling;
        this.routes = routes;
        this.kamelets = kamelets;
        this.config = config;
        this.folders = new Folders(routes, kamelets);
        this.startConfig = read(config);
        this.seenConfig = startConfig;
        folders.read().forEach((file, saved) -> {
            try {
                inForce.put(file, FileParser.parse(file, saved.text()));
            } catch (RuntimeException e) {
                LOG.debug("{} is no YAML: Camel or the first look says so", file, e);
            }
        });
    }

    /** Why files are not in force as they were saved, in one line each, by path; empty where all are. */
    public Map<String, String> problems() {
        return problems;
    }

    /** Why this file is not in force as it was saved. */
    public Optional<String> problem(Path file) {
        return Optional.ofNullable(problems.get(file.toString()));
    }

    /** Whether a route that should run does not, since neither its new nor its last good version starts. */
    public boolean routesDown() {
        return routesDown;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        context = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    protected void doStart() {
        files = new RouteFiles(context);
        examiner = new Examiner(files, this::diagnose);
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null) {
            health.register(new LiveRoutesHealthCheck(this));
        }
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext ending) {
                stopping = true;
            }
        });
        thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "LiveRoutes");
        long pause = settling.look().toMillis();
        thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doStop() {
        stopping = true;
        if (thread != null) { // null where the context did not get so far
            context.getExecutorServiceManager().shutdown(thread);
            files.close();
        }
    }

    private void look() {
        if (stopping || !context.isStarted()) {
            return;
        }
        try {
            lookAtConfig();
            lookAtFiles(folders.read());
        } catch (IOException e) {
            // Says nothing about the routes; what is there afterwards is judged anew.
            seen = null;
            handled = null;
            publish(Map.of(routes.toString(), "The folder " + routes + " cannot be read: " + e));
        } catch (Exception e) {
            LOG.error("A change of the routes could not be judged: {}", diagnose(e), e);
            handled = seen;
        }
    }

    private void lookAtFiles(Map<String, Folders.Saved> disk) throws Exception {
        if (running == null) {
            running = new RunningRoutes(context, inForce, this::diagnose);
        }
        if (!disk.equals(seen)) {
            seen = disk;
            seenSince = System.nanoTime();
        } else if (disk.equals(handled)) {
            retry();
        } else {
            Map<String, Candidate> candidates = examiner.examine(disk, inForce);
            boolean suspicious = !disk.keySet().containsAll(inForce.keySet()) || candidates.entrySet().stream()
                    .anyMatch(file -> file.getValue().problem() != null && !file.getValue().problem().equals(problems.get(file.getKey())));
            if (settling.settled(Duration.ofNanos(System.nanoTime() - seenSince), suspicious)) {
                handled = disk;
                takeUp(disk, new TreeMap<>(candidates));
            }
        }
    }

    private void takeUp(Map<String, Folders.Saved> disk, Map<String, Candidate> candidates) throws Exception {
        // A new file may have waited for another one, and trying it again disturbs nothing that runs.
        noStarts.entrySet().removeIf(noStart -> !noStart.getValue().holds(disk) || !inForce.containsKey(noStart.getKey()));
        noStarts.forEach((file, noStart) -> candidates.put(file, Candidate.refused(noStart.problem())));
        Planner planner = new Planner(running.foreignRoutes(), new Placeholders(context.getPropertiesComponent()));
        Plan plan = planner.plan(inForce, candidates);
        boolean done = plan.changesNothing();
        while (!done) {
            provide(plan);
            Optional<RunningRoutes.Failure> failure = running.apply(plan, inForce);
            done = failure.isEmpty();
            if (done) {
                LOG.info("Routes taken up: {}", Summary.of(plan));
            } else {
                Set<String> blamed = plan.causes().get(failure.get().definition());
                NoStart noStart = new NoStart(failure.get().reason(), blamed.stream()
                        .collect(Collectors.toMap(file -> file, file -> Optional.ofNullable(disk.get(file)))));
                blamed.forEach(file -> {
                    noStarts.put(file, noStart);
                    candidates.put(file, Candidate.refused(noStart.problem()));
                });
                plan = planner.plan(inForce, candidates);
                done = plan.changesNothing();
            }
        }
        inForce = plan.target();
        tries = 0;
        publish(plan.refused());
    }

    private void provide(Plan plan) throws Exception {
        for (String file : plan.refused().keySet()) {
            if (RouteFiles.isKamelet(file) && inForce.containsKey(file)) {
                running.provide(inForce.get(file));
            }
        }
    }

    private void retry() throws Exception {
        if (running.down().isEmpty() || System.nanoTime() < tryAgainAt) {
            return;
        }
        running.retry(inForce);
        tryAgainAt = System.nanoTime() + AGAIN.delay(++tries, random).toNanos();
        Map<String, String> refused = new TreeMap<>(problems);
        refused.values().removeIf(problem -> problem.startsWith(DOWN));
        publish(refused);
    }

    private void publish(Map<String, String> refused) {
        Map<String, String> now = new TreeMap<>(refused);
        Map<Definition.Key, String> down = running == null ? Map.of() : running.down();
        down.forEach((key, reason) -> now.merge(key.file(), DOWN + reason, (one, other) -> one.equals(other) ? one : one + "; " + other));
        now.forEach((file, problem) -> {
            if (!problem.equals(problems.get(file))) {
                LOG.error("{} - {}", problem, inForce.containsKey(file) ? "Its last good version runs on"
                        : "The other routes run on");
            }
        });
        problems = Map.copyOf(now);
        routesDown = !down.isEmpty();
    }

    private void lookAtConfig() throws IOException {
        String now = read(config);
        if (!Objects.equals(now, seenConfig)) {
            seenConfig = now;
            if (!Objects.equals(now, startConfig)) {
                LOG.warn("{} has changed: that takes effect at a restart", config);
            }
        }
    }

    private static String read(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.readString(file) : null;
    }

    private String diagnose(Exception failure) {
        return new Diagnoser(new CamelSurroundings(context, config, kamelets)).diagnose(failure).message();
    }
}
