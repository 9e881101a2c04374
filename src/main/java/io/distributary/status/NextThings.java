package io.distributary.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.distributary.status.Status.About;
import io.distributary.status.Status.Letter;
import io.distributary.status.Status.Next;
import io.distributary.status.Status.Route;
import io.distributary.status.Status.Severity;
import io.distributary.status.Status.Shard;
import io.distributary.status.Status.Source;
import io.distributary.status.Status.Target;

/** What a person would do next about an instance: a pure function of its status. */
final class NextThings {
    /** A record that fails for less long may yet heal by itself. */
    static final Duration HELD = Duration.ofMinutes(1);
    /** DynamoDB keeps records for 24 hours. */
    static final Duration NEAR_LOSS = Duration.ofHours(18);
    static final Duration LATE = Duration.ofMinutes(1);

    private static final String TARGET = "target";
    private static final String SOURCE = "source";
    private static final String ROUTE = "route";

    private final Status status;
    private final List<Next> next = new ArrayList<>();

    private NextThings(Status status) {
        this.status = status;
    }

    /** The most urgent first; empty when there is nothing to do. */
    static List<Next> of(Status status) {
        NextThings things = new NextThings(status);
        status.targets().forEach(things::target);
        status.sources().forEach(things::source);
        status.routes().forEach(things::route);
        things.files();
        things.deadLetters();
        things.health();
        return things.next.stream().sorted(Comparator.comparing(Next::severity)).toList();
    }

    private void add(Severity severity, String kind, String id, String what, String why, String command, String link) {
        next.add(new Next(severity, what, why, new About(kind, id), command, link));
    }

    private void target(Target target) {
        if (target.state().equals("DOWN")) {
            add(Severity.ERROR, TARGET, target.id(), "Bring back " + target.id() + ", or let it be reached",
                    "nothing was accepted since " + target.since() + ": " + target.reason(), null, "docs/" + page(target.component()));
        }
    }

    private static String page(String component) {
        return switch (component) {
            case "aws2-sqs" -> "sqs.md";
            case "aws2-sns" -> "sns.md";
            case "aws2-ddb" -> "dynamodb.md";
            case "nats" -> "nats.md";
            case "opensearch" -> "opensearch.md";
            default -> "metrics.md";
        };
    }

    private void source(Source source) {
        if (source.problem() != null && !source.state().equals("RUNNING") && !source.state().equals("SUSPENDED")) {
            boolean failed = source.state().equals("FAILED");
            add(Severity.ERROR, SOURCE, source.id(), (failed ? "Decide how table " : "See why table ") + source.table()
                    + (failed ? " is to go on" : " is not read"), source.problem(), null, "docs/reading.md");
        }
        source.shards().forEach(shard -> held(source, shard));
        if (source.gaps() > 0) {
            add(Severity.WARNING, SOURCE, source.id(), "Compare table " + source.table() + " with the targets of route " + source.route(),
                    Words.count(source.gaps(), "gap") + " since the start: records that DynamoDB no longer kept were not read",
                    null, "docs/reading.md");
        }
        lag(source);
    }

    private void held(Source source, Shard shard) {
        if (!shard.state().equals("HELD") || shard.failingRecord() == null || shard.lagMs() == null) {
            return;
        }
        long held = since(shard.failingRecord().firstFailedAt());
        if (held < HELD.toMillis()) {
            return;
        }
        boolean channel = status.routes().stream().filter(route -> route.id().equals(source.route())).anyMatch(Route::deadLetterChannel);
        boolean nearLoss = shard.lagMs() >= NEAR_LOSS.toMillis();
        add(Severity.ERROR, SOURCE, source.id(), channel ? "See why neither target nor dead letters take a record of table " + source.table()
                : "Give route " + source.route() + " a dead letter channel, or mend what its record fails at",
                "shard " + shard.id() + " is held for " + Words.duration(held) + " by record " + shard.failingRecord().sequenceNumber()
                        + ", after " + Words.count(shard.failingRecord().attempts(), "attempt")
                        + (shard.failingRecord().reason() == null ? "" : ": " + shard.failingRecord().reason())
                        + (nearLoss ? "; DynamoDB keeps records for 24 hours only" : ""),
                null, "docs/dead-letters.md");
    }

    private void lag(Source source) {
        if (source.lagMs() == null || source.lagMs() < LATE.toMillis() || source.failing() > 0) {
            return; // what holds a shard is said already
        }
        boolean full = source.shards().stream().anyMatch(shard -> shard.state().equals("BACK_PRESSURE"));
        boolean near = source.lagMs() >= NEAR_LOSS.toMillis();
        Severity severity = near ? Severity.ERROR : Severity.WARNING;
        String why = "table " + source.table() + " is " + source.lag() + " behind"
                + (near ? ", and DynamoDB keeps records for 24 hours only" : "");
        if (full) {
            add(severity, SOURCE, source.id(), "Speed up the targets of route " + source.route() + ", or raise maxInFlight",
                    why + "; its window of " + source.maxInFlight() + " is full: the targets are the bottleneck" + slowest(source), null,
                    "docs/reading.md");
        } else if (source.readPerSecond() > 0) {
            add(near ? severity : Severity.INFO, SOURCE, source.id(), "Wait until table " + source.table() + " has caught up",
                    why + ", at " + Words.rate(source.readPerSecond()) + " records/s", null, "docs/reading.md");
        } else if (source.state().equals("RUNNING")) {
            add(severity, SOURCE, source.id(), "See why table " + source.table() + " is behind", why, null, "docs/reading.md");
        }
    }

    private String slowest(Source source) {
        return status.targets().stream().filter(target -> target.routes().contains(source.route()) && target.latencyMs().mean() != null)
                .max(Comparator.comparing(target -> target.latencyMs().mean()))
                .map(target -> ", the slowest is " + target.id() + " with " + Math.round(target.latencyMs().mean()) + " ms").orElse("");
    }

    private void route(Route route) {
        if (!route.state().equals("RUNNING") && route.problem() == null) {
            boolean suspended = route.state().equals("SUSPENDED");
            add(Severity.WARNING, ROUTE, route.id(), (suspended ? "Resume route " : "Start route ") + route.id(),
                    "it is " + (suspended ? "suspended" : "stopped") + ", and its changes wait in the stream for 24 hours at the most",
                    null, "docs/live-editing.md");
        }
    }

    private void files() {
        status.refused().forEach(file -> {
            boolean down = Refusals.isDown(file.problem());
            add(down ? Severity.ERROR : Severity.WARNING, "file", file.file(),
                    "Correct " + file.file() + (file.line() == null ? "" : ", line " + file.line()),
                    Refusals.withoutPlace(file.file(), file.problem()) + (down ? "" : "; its last good version runs on"),
                    "java -jar distributary.jar validate", "docs/live-editing.md");
        });
    }

    private void deadLetters() {
        long waiting = status.deadLetters().made();
        if (waiting == 0) {
            return;
        }
        List<Letter> letters = status.deadLetters().letters();
        List<String> targets = letters.stream().map(Letter::target).filter(Objects::nonNull).distinct().toList();
        boolean unstored = letters.stream().anyMatch(letter -> !letter.stored());
        String last = letters.isEmpty() ? "" : "; the last one: " + letters.get(0).reason();
        if (unstored) {
            add(Severity.ERROR, "dead_letters", null, "Bring back where the dead letters go",
                    "it did not take " + Words.count(letters.stream().filter(letter -> !letter.stored()).count(), "dead letter")
                            + ", and their shards wait", null, "docs/dead-letters.md");
        }
        if (status.deadLetters().stored() > 0) {
            add(Severity.WARNING, "dead_letters", null, "Look at the dead letters, and send them again when their cause is gone",
                    Words.count(status.deadLetters().stored(), "dead letter") + " stored since the start" + last, redrive(targets),
                    "docs/dead-letters.md");
        }
    }

    private String redrive(List<String> targets) {
        List<String> stores = status.routes().stream().flatMap(route -> route.nodes().stream())
                .filter(node -> node.kind().equals("dead_letters") && node.uri() != null).map(node -> DeadLetterPlaces.store(node.uri()))
                .distinct().toList();
        return "java -jar distributary.jar redrive " + quoted(stores.size() == 1 ? stores.get(0) : DeadLetterPlaces.UNKNOWN)
                + (targets.size() == 1 ? " --target " + quoted(targets.get(0)) : "");
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[\\w.:/@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** What nothing above has said. */
    private void health() {
        Stream<Status.Check> down = status.health().checks().stream().filter(check -> check.state().equals("DOWN"))
                .filter(check -> !check.id().startsWith("target:") && !check.id().startsWith("consumer:")
                        && !check.id().startsWith("route:")
                        && !check.id().equals("distributary-routes"));
        down.forEach(check -> add(Severity.ERROR, "health", check.id(), "See why the application is not " + (check.live() ? "live" : "ready"),
                check.id() + ": " + check.reason(), null, "docs/metrics.md"));
    }

    private long since(String time) {
        return time == null ? 0 : Duration.between(Instant.parse(time), Instant.parse(status.now())).toMillis();
    }
}
