package io.distributary.backfill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import io.distributary.config.EditDistance;
import io.distributary.ddbstream.DdbStreamEndpoint;
import io.distributary.ddbstream.RoutePosition;
import io.distributary.ddbstream.RoutePosition.State;
import io.distributary.ddbstream.RoutePosition.Taken;
import io.distributary.ddbstream.SourceTable;
import io.distributary.ddbstream.shard.TableStream;
import io.distributary.diagnosis.ConfigurationProblem;
import io.distributary.feed.RouteFeed;
import io.distributary.feed.RouteTargets;
import io.distributary.replay.DeadLetterCount;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** From what is asked for to a backfill that may run: table, stream and targets are looked at, then the position is taken. One thread. */
public final class PreparedBackfill implements AutoCloseable {
    private final String route;
    private final BackfillOptions options;
    private final RouteFeed feed;
    private final Consumer<String> notes;
    private final SourceTable table;
    private final TableStream stream;
    private final TableFacts facts;
    private final Targets targets;
    private ProgressFile progress;
    private RoutePosition position;
    private Taken taken;

    private PreparedBackfill(CamelContext context, RouteFeed feed, String route, BackfillOptions options, Consumer<String> notes) {
        this.route = route;
        this.options = options;
        this.feed = feed;
        this.notes = notes;
        this.targets = Targets.of(RouteTargets.of(context, route));
        this.table = feed.table(options.table());
        boolean looked = false;
        try {
            stream = table.stream();
            SourceTable.Description description = table.describe();
            facts = TableFacts.of(description);
            check(description);
            looked = true;
        } finally {
            if (!looked) {
                table.close();
            }
        }
    }

    /**
     * Looks, and stores nothing.
     *
     * @param context started, its routes without their sources
     * @param notes   takes what a person should know, one line each; on any thread
     * @throws ConfigurationProblem where it cannot be done so
     * @throws io.distributary.ddbstream.shard.StreamUnavailableException where table or stream cannot be read
     */
    public static PreparedBackfill look(CamelContext context, RouteFeed feed, String route, BackfillOptions options, Consumer<String> notes) {
        DdbStreamEndpoint source = feed.source().orElseThrow(() -> new ConfigurationProblem("Route " + route
                + " does not start from a table (aws2-ddbstream), so it reads no changes that could follow a backfill"));
        List<String> names = SourceTable.names(source);
        if (!names.contains(options.table())) {
            throw new ConfigurationProblem("Route " + route + " does not read the table " + options.table()
                    + EditDistance.nearest(options.table(), names).map(nearest -> ": did you mean " + nearest + "?")
                            .orElse(" but " + String.join(", ", names)));
        }
        return new PreparedBackfill(context, feed, route, options, notes);
    }

    private void check(SourceTable.Description description) {
        if (!options.selection().keyPrefixes().isEmpty() && !TableFacts.isText(description.table(), stream.partitionKey())) {
            throw new ConfigurationProblem("--key-prefix takes a partition key of type S, and " + stream.partitionKey() + " of table "
                    + options.table() + " is none: use --filter");
        }
        boolean images = facts.view() == StreamViewType.NEW_IMAGE || facts.view() == StreamViewType.NEW_AND_OLD_IMAGES;
        if (!images && !options.force()) {
            throw new ConfigurationProblem("The stream of table " + options.table() + " has the view type " + facts.view()
                    + ": its changes say nothing of what an item has become, so snapshots would stay as they are. Switch the stream to"
                    + " NEW_AND_OLD_IMAGES, or say --force");
        }
    }

    /** What was found. */
    public TableFacts facts() {
        return facts;
    }

    /** What there is to say before it begins. */
    public void describe() {
        notes.accept("Table " + options.table() + ": " + facts.size() + (options.rate() == 0 ? ""
                : "; at " + options.rate() + " units/s about " + text(facts.lasts(0, options.rate()))));
        if (facts.provisioned() > 0 && options.rate() == 0) {
            notes.accept("The table has " + facts.provisioned() + " provisioned read capacity units: --rate leaves its readers some");
        }
        targets.remarks().forEach(notes);
    }

    /** What would become of the changes; nothing is stored for it. */
    public void describeOrder() {
        notes.accept(targets.needOrder() ? "The route must not run meanwhile, as " + overtaken()
                : "The route may run meanwhile: at all of its targets newer changes stay");
    }

    private String overtaken() {
        return "snapshots would take the place of newer changes, or come after them, at: " + targets.overtakenNames();
    }

    /**
     * Takes the position, and begins or goes on with the progress file.
     *
     * @throws ConfigurationProblem where it cannot be done so, or changes would be lost
     * @throws io.distributary.ddbstream.checkpoint.CheckpointException where the checkpoints cannot be used
     */
    public Backfill begin(DeadLetterCount deadLetters) throws IOException {
        Path file = options.progressFile(route);
        progress = options.restart() ? ProgressFile.anew(file) : ProgressFile.open(file);
        Job known = progress.job().orElse(null);
        Job wanted = job(known);
        String difference = known == null ? null : known.differenceTo(wanted);
        if (difference != null) {
            throw new ConfigurationProblem("The backfill of the progress file " + file + " " + difference
                    + ": name another file with --state FILE, or begin anew with --restart");
        }
        if (progress.complete()) {
            notes.accept("This backfill, " + file + ", is complete; to do it again, say --restart");
        } else {
            position(known, file);
            if (known == null) {
                progress.begin(wanted);
            } else {
                notes.accept("Going on with the backfill of " + file);
            }
        }
        Job job = progress.job().orElseThrow();
        Snapshots snapshots = new Snapshots(job.id(), stream, facts.view() == null ? null : facts.view().toString(), options.eventName(),
                new SnapshotTime(job.position()));
        return new Backfill(new TableScan(table, options.table(), stream.partitionKey(), job.segments(), options.selection()),
                new ReadPace(options.rate(), job.segments(), facts.unitsPerItem()), snapshots,
                new RouteDelivery(feed, deadLetters, Math.max(1, options.inFlight() / job.segments())), progress, options.most(), notes);
    }

    private Job job(Job known) {
        int segments = options.segments() != null ? options.segments() : known != null ? known.segments() : BackfillOptions.SEGMENTS;
        return new Job(UUID.randomUUID().toString(), route, facts.arn(), facts.id(), segments, options.eventName().name(),
                options.selection().text(), facts.at());
    }

    private void position(Job known, Path file) {
        position = table.position();
        taken = position.take(known == null ? facts.at() : null);
        if (known != null) {
            PositionCheck.lost(taken, Clock.systemUTC().instant()).ifPresent(why -> {
                throw new ConfigurationProblem("The backfill of the progress file " + file + " cannot go on, as " + why
                        + ": begin anew with --restart");
            });
        }
        if (taken.state() == State.RUNNING) {
            if (targets.needOrder() && !options.force()) {
                throw new ConfigurationProblem("Route " + route + " runs, and " + overtaken() + ". Stop the route, backfill, and start it again: it then sends the changes made"
                        + " meanwhile. Or say --force");
            }
            notes.accept("Route " + route + " runs and reads the changes meanwhile");
        } else {
            notes.accept(notRunning());
            if (!targets.needOrder()) {
                position.close(); // the route may be started at once
            }
        }
        if (options.rate() > 0 && PositionCheck.mayOutlast(taken, Clock.systemUTC().instant(), facts.lasts(0, options.rate()))) {
            notes.accept("This may last longer than the stream keeps changes, 24 hours" + (targets.needOrder()
                    ? ": raise --rate, or select fewer items" : ": start route " + route + " now"));
        }
    }

    /** What is to be done after it; or null. */
    public String notRunning() {
        if (taken == null || taken.state() == State.RUNNING) {
            return null;
        }
        String start = targets.needOrder() ? "Start route " + route + " when the backfill has ended. It cannot start before, as " + overtaken() + "."
                : "Route " + route + " does not run. Start it at any time.";
        return start + PositionCheck.deadline(taken).map(until -> " It reads all changes from " + taken.unread() + " on, if it is started before "
                + until).orElse(" It goes on from its checkpoints, and must before the changes since are 24 hours old");
    }

    /** Why changes may be lost after all, though the backfill came to its end; null where none are. */
    public String lost() {
        Instant now = Clock.systemUTC().instant();
        if (taken == null || PositionCheck.lost(taken, now).isEmpty()) {
            return null;
        }
        position.close();
        try (RoutePosition again = table.position()) {
            return PositionCheck.lost(again.take(null), now).orElse(null);
        }
    }

    private static String text(Duration duration) {
        long minutes = duration.toMinutes();
        return minutes >= 120 ? (minutes + 30) / 60 + " hours" : minutes >= 2 ? minutes + " minutes" : duration.toSeconds() + " seconds";
    }

    @Override
    public void close() {
        if (position != null) {
            position.close();
        }
        if (progress != null) {
            progress.close();
        }
        table.close();
    }
}
