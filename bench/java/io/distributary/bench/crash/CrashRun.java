package io.distributary.bench.crash;

import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.demo.StreamOracle;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Kills the packaged application at random moments while writers write, starts it again each time, and compares what JetStream
 * holds in the end with what the stream holds.
 */
final class CrashRun {
    /** The option's default, which the route leaves as it is. */
    private static final int MAX_IN_FLIGHT = 256;
    /** From the state that a checkpoint tells of to its file's time; the option checkpointInterval. */
    private static final Duration SAVING = Duration.ofSeconds(1);
    /** Except while it starts, no kill comes before one arrival, and none waits for more than this. */
    private static final int MOST_ARRIVALS = 3_000;
    /** A kill by time comes at most so long after the start or those arrivals. */
    private static final int MOST_MILLIS = 1_500;
    /** So short that JetStream stores every repeat, and it is counted. */
    private static final Duration DUPLICATE_WINDOW = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** When a kill comes, in turn. The last two wait for the next save: what is in flight then shows a checkpoint that is too far. */
    private enum Moment {
        STARTING,
        RUNNING,
        WRITING_CHECKPOINT,
        CHECKPOINT_WRITTEN
    }

    private final Sandbox sandbox;
    private final Path work;
    private final int kills;
    private final Random random;

    /**
     * @param sandbox whose shards are rolled over, all of them
     * @param work    an empty folder
     */
    CrashRun(Sandbox sandbox, Path work, int kills, long seed) {
        this.sandbox = sandbox;
        this.work = work;
        this.kills = kills;
        this.random = new Random(seed);
    }

    /**
     * What became of it.
     *
     * @param kills   how many there were; less than wanted when nothing arrived any more
     * @param shards  how many shards the stream had
     * @param verdict the comparison
     */
    record Result(int kills, int shards, Verdict verdict) {
    }

    Result run() throws Exception {
        var table = Stack.uniqueName("crash");
        var streamArn = sandbox.createTable(table, StreamViewType.NEW_IMAGE);
        sandbox.nats().jetStreamManagement().addStream(StreamConfiguration.builder().name(table).subjects(table + ".>")
                .storageType(StorageType.File).duplicateWindow(DUPLICATE_WINDOW).build());
        Files.createDirectories(work);
        var writers = new Writers(sandbox.dynamoDb(), table, sandbox.dynamoDbServer()::rollShards);
        try (var application = new PackagedApplication(Path.of("").toAbsolutePath(), work, table, environment(table));
                var arrivals = new Arrivals(sandbox.nats(), table, writers::arrived)) {
            writers.start(random);
            List<Kill> done;
            int written;
            try {
                done = kill(application, arrivals, streamArn);
            } finally {
                written = writers.stop();
            }
            var changes = changes(streamArn);
            if (changes.size() != written) {
                throw new IllegalStateException("The stream holds " + changes.size() + " changes, but " + written + " were written");
            }
            arrivals.awaitAll(changes.stream().map(Change::eventId).collect(Collectors.toSet()), stuck(application, arrivals));
            var shards = (int) changes.stream().map(Change::shardId).distinct().count();
            return new Result(done.size(), shards, Verdict.of(changes, arrivals.all(), done, MAX_IN_FLIGHT, SAVING));
        }
    }

    private Map<String, String> environment(String table) {
        var environment = new LinkedHashMap<>(sandbox.environment(Service.DYNAMODB, Service.NATS));
        environment.put("CRASH_TABLE", table);
        environment.put("CRASH_STREAM", table);
        return environment;
    }

    /** Leaves the application running, started once more after the last kill. */
    private List<Kill> kill(PackagedApplication application, Arrivals arrivals, String streamArn)
            throws IOException, InterruptedException {
        var done = new ArrayList<Kill>();
        var generation = application.start();
        var first = random.nextInt(Moment.values().length);
        var timer = Executors.newSingleThreadScheduledExecutor();
        try {
            while (done.size() < kills) {
                var moment = Moment.values()[(first + done.size()) % Moment.values().length];
                var count = 1 + random.nextInt(MOST_ARRIVALS);
                var millis = random.nextInt(MOST_MILLIS);
                if (moment != Moment.STARTING && !arrivals.await(generation, count, stuck(application, arrivals))) {
                    break;
                }
                switch (moment) {
                    case STARTING, RUNNING -> timer.schedule(() -> { }, millis, TimeUnit.MILLISECONDS).get();
                    case WRITING_CHECKPOINT -> application.awaitFile(".tmp", PATIENCE);
                    case CHECKPOINT_WRITTEN -> application.awaitFile(".json", PATIENCE);
                }
                done.add(application.kill(streamArn));
                System.err.println("kill " + done.size() + ": " + moment);
                generation = application.start();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            timer.shutdownNow();
        }
        return done;
    }

    private static BooleanSupplier stuck(PackagedApplication application, Arrivals arrivals) {
        var begun = System.nanoTime();
        return () -> !application.running() || arrivals.idle().compareTo(PATIENCE) > 0
                && System.nanoTime() - begun > PATIENCE.toNanos();
    }

    private List<Change> changes(String streamArn) {
        var changes = new ArrayList<Change>();
        StreamOracle.readByShard(sandbox.dynamoDbStreams(), streamArn).forEach((shardId, records) -> records.forEach(
                record -> changes.add(Change.of(shardId, record))));
        return changes;
    }
}
