package io.distributary.status.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.distributary.status.Status;
import io.distributary.status.Words;
import io.distributary.status.text.Columns.Cell;
import io.distributary.status.text.Terminal.Colour;

/** A {@link Status} as lines for a terminal. Used by one thread. */
public final class StatusText {
    private static final int SPARKLINE = 24;
    private static final int LETTERS = 10;
    private static final int SHARDS = 20;
    private static final String INDENT = "  ";

    private final Terminal terminal;
    private final List<String> lines = new ArrayList<>();

    private StatusText(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Without line ends. */
    public static List<String> of(Status status, Terminal terminal) {
        StatusText text = new StatusText(terminal);
        text.instance(status);
        text.next(status.next());
        text.sources(status.sources());
        text.routes(status);
        text.targets(status.targets());
        text.deadLetters(status.deadLetters());
        return text.lines;
    }

    private void heading(String text) {
        lines.add("");
        lines.add(terminal.paint(Colour.BOLD, text));
    }

    private void add(Columns columns) {
        lines.addAll(columns.lines());
    }

    private void instance(Status status) {
        Status.Instance instance = status.instance();
        boolean live = status.health().live().equals("UP");
        boolean ready = status.health().ready().equals("UP");
        String state = !live ? "NOT LIVE" : ready ? "READY" : "NOT READY";
        lines.add(Terminal.safe(instance.application() + " " + instance.version() + " on " + instance.host() + ", process " + instance.pid() + ", up "
                + instance.uptime()) + "  " + terminal.paint(ready && live ? Colour.GREEN : Colour.RED, state));
        Columns checks = new Columns(terminal, INDENT);
        status.health().checks().stream().filter(check -> check.state().equals("DOWN"))
                .forEach(check -> checks.row(Cell.of(check.id(), Colour.RED), Cell.of(check.reason())));
        add(checks);
        if (!instance.metrics()) {
            lines.add(INDENT + "Metrics are switched off: there are no counts and no rates.");
        }
    }

    private void next(List<Status.Next> next) {
        heading(next.isEmpty() ? "Nothing to do" : "To do next");
        for (Status.Next thing : next) {
            Colour colour = switch (thing.severity()) {
                case ERROR -> Colour.RED;
                case WARNING -> Colour.YELLOW;
                case INFO -> Colour.NONE;
            };
            add(new Columns(terminal, INDENT).row(Cell.of(thing.severity().name(), colour), Cell.of(thing.what(), Colour.BOLD)));
            add(new Columns(terminal, INDENT + INDENT).row(Cell.of(thing.why())));
            if (thing.command() != null) {
                add(new Columns(terminal, INDENT + INDENT).row(Cell.of("$ " + thing.command())));
            }
        }
    }

    private void sources(List<Status.Source> sources) {
        heading("Tables");
        for (Status.Source source : sources) {
            Columns head = new Columns(terminal, INDENT);
            head.row(Cell.of(source.table(), Colour.BOLD), Cell.of(source.state(), state(source.state())),
                    Cell.of("lag " + (source.lag() == null ? "?" : source.lag()) + ", " + Words.rate(source.readPerSecond()) + "/s, "
                            + number(source.read()) + " read, " + number(source.unfinished()) + " unfinished, " + source.inFlight()
                            + " in flight" + (source.failing() > 0 ? ", " + source.failing() + " failing" : "")
                            + (source.gaps() > 0 ? ", " + Words.count(source.gaps(), "gap") : "")));
            add(head);
            add(new Columns(terminal, INDENT + INDENT).row(Cell.of("route " + source.route() + ", checkpoints of " + source.application()
                    + " in " + source.checkpoints().store() + " " + source.checkpoints().place()
                    + (source.checkpoints().ageMs() == null ? "" : ", " + Words.duration(source.checkpoints().ageMs()) + " old"))));
            if (source.problem() != null) {
                add(new Columns(terminal, INDENT + INDENT).row(Cell.of(source.problem(), Colour.RED)));
            }
            shards(source.shards().stream().filter(shard -> !shard.state().equals("SHARD_END")).toList());
        }
    }

    private void shards(List<Status.Shard> shards) {
        Columns rows = new Columns(terminal, INDENT + INDENT);
        shards.stream().limit(SHARDS).forEach(shard -> rows.row(Cell.of(shard.id()), Cell.of(shard.state(), state(shard.state())),
                Cell.number(shard.lag() == null ? "-" : shard.lag()), Cell.of("at " + (shard.checkpoint() == null ? "-" : shard.checkpoint())
                        + (shard.why() == null ? "" : ": " + shard.why()))));
        add(rows);
        if (shards.size() > SHARDS) {
            lines.add(INDENT + INDENT + "and " + Words.count(shards.size() - SHARDS, "more shard"));
        }
    }

    private void routes(Status status) {
        heading("Routes");
        for (Status.Route route : status.routes()) {
            Status.Counts counts = route.counts();
            add(new Columns(terminal, INDENT).row(Cell.of(route.id(), Colour.BOLD), Cell.of(route.state(), state(route.state())),
                    Cell.of(number(counts.delivered()) + " delivered (" + Words.rate(route.perSecond().delivered()) + "/s), "
                            + number(counts.filtered()) + " filtered, " + number(counts.failed()) + " failed, "
                            + (counts.givenUp() > 0 ? number(counts.givenUp()) + " given up, " : "")
                            + Words.count(counts.deadLetters(), "dead letter")
                            + (route.file() == null ? "" : ", " + route.file() + (route.line() == null ? "" : ":" + route.line())))));
            if (route.problem() != null) {
                add(new Columns(terminal, INDENT + INDENT).row(Cell.of(route.problem(), Colour.RED)));
            }
            lines.addAll(RouteTree.of(route, status.targets(), terminal, INDENT + INDENT));
        }
        if (!status.refused().isEmpty()) {
            heading("Files not in force as saved");
            status.refused().forEach(file -> add(new Columns(terminal, INDENT).row(Cell.of(file.problem(), Colour.YELLOW))));
        }
    }

    private void targets(List<Status.Target> targets) {
        heading("Targets");
        Columns rows = new Columns(terminal, INDENT);
        for (Status.Target target : targets) {
            rows.row(Cell.of(target.id()), Cell.of(target.state(), state(target.state())),
                    Cell.of(Sparkline.of(target.series().delivered(), SPARKLINE, terminal.unicode())),
                    Cell.number(Words.rate(target.perSecond()) + "/s"), Cell.number(number(target.delivered())),
                    Cell.number(target.latencyMs().mean() == null ? "-" : Math.round(target.latencyMs().mean()) + " ms"),
                    Cell.of(troubles(target)));
        }
        add(rows);
    }

    private static String troubles(Status.Target target) {
        List<String> troubles = new ArrayList<>();
        if (target.retries() > 0) {
            troubles.add(target.retries() == 1 ? "1 retry" : number(target.retries()) + " retries");
        }
        if (target.failures() > 0) {
            troubles.add(Words.count(target.failures(), "failure"));
        }
        if (target.reason() != null) {
            troubles.add("since " + target.since() + ": " + target.reason());
        }
        return String.join(", ", troubles);
    }

    private void deadLetters(Status.DeadLetters letters) {
        heading(letters.made() == 0 ? "No dead letters since the start"
                : "Dead letters: " + number(letters.stored()) + " stored of " + number(letters.made()) + " made since the start");
        Columns rows = new Columns(terminal, INDENT);
        letters.letters().stream().limit(LETTERS).forEach(letter -> rows.row(Cell.of(letter.time()),
                Cell.of(letter.itemKey() == null ? String.valueOf(letter.eventId()) : letter.itemKey()),
                Cell.of(letter.target() == null ? "route " + letter.route() : letter.target()),
                Cell.of((letter.stored() ? "" : "NOT STORED: ") + letter.reason(), letter.stored() ? Colour.NONE : Colour.RED)));
        add(rows);
    }

    static Colour state(String state) {
        return switch (state) {
            case "UP", "RUNNING", "READING" -> Colour.GREEN;
            case "DOWN", "FAILED", "HELD", "STOPPED_AT_GAP", "STOPPED" -> Colour.RED;
            case "BACK_PRESSURE", "RETRYING", "SUSPENDED", "CONNECTING" -> Colour.YELLOW;
            default -> Colour.DIM;
        };
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
