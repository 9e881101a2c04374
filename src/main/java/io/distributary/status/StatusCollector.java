package io.distributary.status;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.ddbstream.SourceSnapshot;
import io.distributary.deadletter.RecentDeadLetters;
import io.distributary.metrics.Meters;
import io.distributary.routes.live.LiveRoutes;
import io.distributary.status.Status.Check;
import io.distributary.status.Status.Letter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** Puts together what one instance is doing, from memory alone. Thread-safe. */
final class StatusCollector {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CamelContext context;
    private final String version;
    private final Sampler sampler;

    /** @param version of the application */
    StatusCollector(CamelContext context, String version, Sampler sampler) {
        this.context = context;
        this.version = version;
        this.sampler = sampler;
    }

    /** @param records whether items' data is shown */
    Status collect(boolean records) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        MeterRegistry registry = Meters.of(context);
        Counted counted = Counted.of(registry);
        List<SourceSnapshot> snapshots = SourceSnapshot.of(context);
        Map<String, String> problems = Optional.ofNullable(context.hasService(LiveRoutes.class)).map(LiveRoutes::problems).orElse(Map.of());
        List<Status.Source> sources = new SourceStates(counted, sampler, now, records).of(snapshots);
        List<Status.Target> targets = new TargetStates(context, registry, counted, sampler).all();
        List<Status.Route> routes = new RouteStates(context, counted, sampler, snapshots, problems).all();
        Status status = new Status(Status.VERSION, now.toString(), instance(now, Meters.counts(registry)),
                health(HealthCheckHelper.invoke(context)), List.of(), sources, routes, refused(problems), targets, deadLetters(records));
        return new Status(status.statusVersion(), status.now(), status.instance(), status.health(), NextThings.of(status), sources, routes,
                status.refused(), targets, status.deadLetters());
    }

    private Status.Instance instance(Instant now, boolean metrics) {
        Instant started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        long uptime = Math.max(0, now.toEpochMilli() - started.toEpochMilli());
        return new Status.Instance(context.getName(), version, started.toString(), uptime, Words.duration(uptime), host(),
                ProcessHandle.current().pid(), Runtime.version().toString(), context.getVersion(), metrics);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private Status.Health health(Collection<HealthCheck.Result> results) {
        List<Check> checks = results.stream().filter(this::tells).map(result -> new Check(result.getCheck().getId(), result.getState().name(),
                result.getCheck().isLiveness(), result.getCheck().isReadiness(),
                result.getState() == HealthCheck.State.UP ? null : reason(result)))
                .sorted((one, other) -> one.id().compareTo(other.id())).toList();
        return new Status.Health(overall(checks.stream().filter(Check::live).toList()),
                overall(checks.stream().filter(Check::ready).toList()), checks);
    }

    /** A kamelet's own checks say nothing while it runs: a person wrote none of their names. */
    private boolean tells(HealthCheck.Result result) {
        Route route = context.getRoute(result.getCheck().getId().replaceFirst("^(route|consumer):", ""));
        return result.getState() != HealthCheck.State.UP || route == null || !route.isCreatedByKamelet();
    }

    private static String overall(List<Check> checks) {
        return checks.stream().anyMatch(check -> check.state().equals(HealthCheck.State.DOWN.name())) ? "DOWN" : "UP";
    }

    private static String reason(HealthCheck.Result result) {
        return result.getMessage().orElseGet(() -> result.getError().map(Throwable::toString).orElse(null));
    }

    private static List<Status.Refused> refused(Map<String, String> problems) {
        return problems.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(problem -> new Status.Refused(problem.getKey(), Refusals.line(problem.getKey(), problem.getValue()), problem.getValue()))
                .toList();
    }

    private Status.DeadLetters deadLetters(boolean records) {
        RecentDeadLetters recent = context.hasService(RecentDeadLetters.class);
        if (recent == null) {
            return new Status.DeadLetters(0, 0, 0, 0, records, List.of());
        }
        RecentDeadLetters.Snapshot snapshot = recent.snapshot();
        return new Status.DeadLetters(snapshot.made(), snapshot.stored(), snapshot.newest().size(), snapshot.limit(), records,
                snapshot.newest().stream().map(entry -> letter(entry, records)).toList());
    }

    private static Letter letter(RecentDeadLetters.Entry entry, boolean records) {
        RecentDeadLetters.Head head = entry.head();
        return new Letter(Objects.requireNonNullElse(head.eventId(), "") + "/" + Objects.requireNonNullElse(head.target(), ""),
                entry.made().truncatedTo(ChronoUnit.MILLIS).toString(), entry.stored(), head.eventId(), head.eventName(), head.table(), head.route(), head.target(),
                records ? head.itemKey() : null, head.attempts(), records ? entry.reason() : withoutData(entry.reason()), entry.bytes(), entry.truncated(),
                records ? json(entry.json()) : null);
    }

    /** An exception without its message, which may quote the record. */
    private static String withoutData(String reason) {
        return reason.replaceFirst("(?s): .*", "");
    }

    private static JsonNode json(String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A dead letter is JSON", e);
        }
    }
}
