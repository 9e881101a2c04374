package io.distributary.status;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one instance is doing, as {@code /observe/status} answers it: docs/status.md describes each field. Names there are those here
 * in snake case. Times are RFC 3339, durations milliseconds, rates per second; what is not known is null.
 */
public record Status(int statusVersion, String now, Instance instance, Health health, List<Next> next, List<Source> sources,
        List<Route> routes, List<Refused> refused, List<Target> targets, DeadLetters deadLetters) {
    /** Raised when a field changes its meaning or goes; a new field does not raise it. */
    public static final int VERSION = 1;

    /** The process. */
    public record Instance(String application, String version, String startedAt, long uptimeMs, String uptime, String host, long pid,
            String java, String camel, boolean metrics) {
    }

    /** What the health checks say. */
    public record Health(String live, String ready, List<Check> checks) {
    }

    /** One health check. */
    public record Check(String id, String state, boolean live, boolean ready, String reason) {
    }

    /** Something to do, the most urgent first. */
    public record Next(Severity severity, String what, String why, About about, String command, String link) {
    }

    /** How urgent it is. */
    public enum Severity {
        /** Changes wait, or are lost, until a person acts. */
        ERROR,
        WARNING,
        INFO
    }

    /** What something to do is about. */
    public record About(String kind, String id) {
    }

    /** A table that is read for a route. */
    public record Source(String id, String route, String table, String application, String streamArn, String state, String problem,
            Checkpoints checkpoints, Long lagMs, String lag, long read, double readPerSecond, int inFlight, int maxInFlight,
            long bufferedBytes, long maxBufferedBytes, int unfinished, int failing, long gaps, long retries, List<Shard> shards) {
    }

    /** Where a source keeps its progress. */
    public record Checkpoints(String store, String place, String storedAt, Long ageMs) {
    }

    /** A shard of a source's stream. */
    public record Shard(String id, String parent, String state, String why, Position position, String checkpoint, Long lagMs, String lag,
            int unfinished, int window, int failing, FailingRecord failingRecord) {
    }

    /** Up to where a shard was read. */
    public record Position(String iterator, String sequenceNumber) {
    }

    /** The oldest record of a shard that is tried again. */
    public record FailingRecord(String eventId, String eventName, String itemKey, String sequenceNumber, int attempts,
            String firstFailedAt, String lastFailedAt, String reason) {
    }

    /** A route that a person wrote. */
    public record Route(String id, String file, Integer line, String state, String problem, String editRefused, boolean deadLetterChannel,
            Counts counts, Rates perSecond, List<Node> nodes, List<Edge> edges) {
    }

    /** Records of a route by what became of them, since it was started. */
    public record Counts(long delivered, long filtered, long failed, long givenUp, long deadLetters) {
    }

    /** The same for each of the last seconds. */
    public record Rates(double delivered, double filtered, double failed, double givenUp, double deadLetters) {
    }

    /** A step in a route's diagram. */
    public record Node(String id, String kind, String label, String detail, String uri, String target, List<String> source, Integer line) {
    }

    /** From one step to the next. */
    public record Edge(String from, String to, String kind, String label) {
    }

    /** A file that is not in force as it was saved. */
    public record Refused(String file, Integer line, String problem) {
    }

    /** A queue, topic, subject, index or table that was sent to. */
    public record Target(String id, String component, String name, String state, String since, String reason, List<String> routes,
            long delivered, double perSecond, long requests, long bytes, long retries, long failures, Latency latencyMs, Series series) {
    }

    /** From an entry's first sending to its acceptance; null where nothing was accepted. */
    public record Latency(Double mean, Double max) {
    }

    /** Rates of the last minutes, the oldest first. */
    public record Series(String until, long intervalMs, List<Double> delivered, List<Double> retries) {
    }

    /** The last dead letters, the newest first. */
    public record DeadLetters(long made, long stored, int kept, int limit, boolean recordsShown, List<Letter> letters) {
    }

    /** A dead letter. */
    public record Letter(String id, String time, boolean stored, String eventId, String eventName, String table, String route,
            String target, String itemKey, int attempts, String reason, int bytes, boolean truncated, JsonNode letter) {
    }
}
