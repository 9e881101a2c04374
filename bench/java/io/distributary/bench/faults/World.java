package io.distributary.bench.faults;

import io.distributary.bench.faults.Application.Launch;
import io.distributary.sandbox.EmbeddedServer;
import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.fault.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A table, the application, its peers behind proxies, and what has been written and delivered. */
final class World implements AutoCloseable {
    private final Stage stage;
    private final Path work;
    private final Resources resources;
    private final Map<Peer, FaultProxy> proxies = new EnumMap<>(Peer.class);
    private final List<Application> applications = new ArrayList<>();
    private final Deliveries deliveries;
    private final Writer writer;
    private ScheduledExecutorService ticker;

    World(Stage stage, long seed) throws Exception {
        this.stage = stage;
        resources = new Resources(stage.sandbox(), stage.subscribers());
        work = Files.createDirectories(stage.work().resolve(resources.name()));
        for (var peer : Peer.values()) {
            var address = stage.server(peer).endpoint();
            proxies.put(peer, new FaultProxy(address.getHost(), address.getPort()));
        }
        deliveries = new Deliveries(resources);
        writer = new Writer(stage.sandbox().dynamoDb(), resources.name(), seed);
    }

    /** Starts an application on the same checkpoints; from now on it is {@link #application()}. */
    Application start(Launch launch) throws IOException {
        var environment = new LinkedHashMap<>(stage.sandbox().environment());
        for (var peer : Peer.values()) {
            var scheme = stage.server(peer).endpoint().getScheme();
            environment.put(peer.service().setting().environmentVariable(), scheme + "://127.0.0.1:" + proxies.get(peer).port());
        }
        environment.putAll(resources.environment());
        var application = new Application(launch, stage.project(), work, "application-" + (applications.size() + 1), environment);
        applications.add(application);
        return application;
    }

    Application application() {
        return applications.get(applications.size() - 1);
    }

    FaultProxy proxy(Peer peer) {
        return proxies.get(peer);
    }

    EmbeddedServer server(Peer peer) {
        return stage.server(peer);
    }

    Sandbox sandbox() {
        return stage.sandbox();
    }

    Writer writer() {
        return writer;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** The application's folder. */
    Path work() {
        return work;
    }

    /** Does something again and again, from now on until {@link #stopRepeating}. */
    void repeat(Duration every, Runnable step) {
        ticker = Executors.newSingleThreadScheduledExecutor();
        ticker.scheduleAtFixedRate(step, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stopRepeating() throws InterruptedException {
        ticker.shutdown();
        ticker.awaitTermination(60, TimeUnit.SECONDS);
    }

    /** Every change must be at all its targets or among its dead letters. */
    Verdict verdict() throws IOException {
        var written = writer.written();
        var verdict = Verdict.ofDocuments(written, deliveries.documents(), deliveries.deadLetters(Target.OPENSEARCH));
        for (var target : List.of(Target.SNS, Target.SQS, Target.NATS)) {
            verdict = verdict.and(Verdict.of(written.stream().filter(target::gets).toList(), deliveries.at(target),
                    deliveries.deadLetters(target)));
        }
        return verdict;
    }

    /** True when nothing is missing any more; cheaper than the verdict while much is. */
    boolean isComplete() throws IOException {
        var written = writer.written();
        for (var target : List.of(Target.SNS, Target.SQS, Target.NATS)) {
            var expected = written.stream().filter(target::gets).toList();
            if (Verdict.of(expected, deliveries.at(target), deliveries.deadLetters(target)).lost() > 0) {
                return false;
            }
        }
        var index = Verdict.ofDocuments(written, deliveries.documents(), deliveries.deadLetters(Target.OPENSEARCH));
        return index.lost() == 0 && index.unknown() == 0;
    }

    /** Dead letters for all targets. */
    int deadLetters() {
        return Arrays.stream(Target.values()).mapToInt(target -> deliveries.deadLetters(target).size()).sum();
    }

    /** Those of changes that every target could have taken. */
    int needlessDeadLetters() {
        return (int) Arrays.stream(Target.values()).flatMap(target -> deliveries.deadLetters(target).stream()
                .filter(change -> target != Target.OPENSEARCH || !Writer.isRefused(change))).count();
    }

    @Override
    public void close() throws Exception {
        for (var application : applications) {
            application.close();
        }
        proxies.values().forEach(FaultProxy::close);
        deliveries.close();
    }
}
