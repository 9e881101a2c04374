package io.distributary.ddbstream.checkpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * How far one shard has been processed, with KCL's sentinels: {@code TRIM_HORIZON} (nothing yet, from its oldest
 * record), {@code LATEST} (nothing yet, from the instant of the first start), {@code AT_TIMESTAMP} (not begun; its parent
 * first, then from an instant on), a sequence number (up to and including
 * it), {@code SHARD_END} (all of it, and its children may start).
 *
 * @param position       which of them
 * @param sequenceNumber the last processed record of the contiguous prefix; only with {@code AFTER_SEQUENCE_NUMBER}
 * @param version        the {@link io.distributary.event.ChangeVersion} of the last record of the shard's lineage up to here; null
 *                       where it is not known, as in a checkpoint of an earlier release
 * @param instant        with {@code LATEST} the first start, with {@code AT_TIMESTAMP} the one to start at, with {@code SHARD_END} when the end
 *                       was reached, with {@code TRIM_HORIZON} since when the shard is to be read; null there in a checkpoint of an earlier release
 */
public record Checkpoint(Position position, String sequenceNumber, Instant instant, Long version) {

    /** The kinds of checkpoint. */
    public enum Position {
        TRIM_HORIZON,
        LATEST,
        AT_TIMESTAMP,
        AFTER_SEQUENCE_NUMBER,
        SHARD_END
    }

    /**
     * How much older than the instant of LATEST or AT_TIMESTAMP a record may be and still counts as later: creation times are cut
     * to the second (DynamoDB Local: to the minute) and clocks differ.
     */
    public static final Duration TOLERANCE = Duration.ofSeconds(60);

    /** What an empty shard has to gain to be stored again. */
    private static final Duration NOTABLE = Duration.ofHours(1);
    private static final Checkpoint OLDEST = new Checkpoint(Position.TRIM_HORIZON, null, null, null);

    public Checkpoint {
        Objects.requireNonNull(position, "position");
        if ((position == Position.AFTER_SEQUENCE_NUMBER) != (sequenceNumber != null)) {
            throw new IllegalArgumentException("A sequence number belongs to AFTER_SEQUENCE_NUMBER only: " + position);
        }
        if (position != Position.TRIM_HORIZON && (position == Position.AFTER_SEQUENCE_NUMBER) != (instant == null)) {
            throw new IllegalArgumentException("An instant belongs to all but a sequence number: " + position);
        }
    }

    public static Checkpoint trimHorizon() {
        return OLDEST;
    }

    /** Nothing is processed yet, and since then all of it is to be. */
    public static Checkpoint trimHorizon(Instant since) {
        return new Checkpoint(Position.TRIM_HORIZON, null, Objects.requireNonNull(since, "since"), null);
    }

    /** Everything written from {@code firstStart} on is still to be processed. */
    public static Checkpoint latest(Instant firstStart) {
        return new Checkpoint(Position.LATEST, null, Objects.requireNonNull(firstStart, "firstStart"), null);
    }

    /** Not begun; everything written from {@code start} on is to be processed when its parent is finished. */
    public static Checkpoint atTimestamp(Instant start) {
        return new Checkpoint(Position.AT_TIMESTAMP, null, Objects.requireNonNull(start, "start"), null);
    }

    /** All records up to and including this one are processed. */
    public static Checkpoint after(String sequenceNumber) {
        return new Checkpoint(Position.AFTER_SEQUENCE_NUMBER, Objects.requireNonNull(sequenceNumber, "sequenceNumber"), null, null);
    }

    public static Checkpoint shardEnd(Instant reached) {
        return new Checkpoint(Position.SHARD_END, null, Objects.requireNonNull(reached, "reached"), null);
    }

    /** The same place, and the version of the last record up to it; null where that is not known. */
    public Checkpoint withVersion(Long last) {
        return Objects.equals(version, last) ? this : new Checkpoint(position, sequenceNumber, instant, last);
    }

    /**
     * Still nothing processed, as there was nothing up to {@code instant}: for TRIM_HORIZON and LATEST.
     *
     * @return itself where less than an hour is gained
     */
    public Checkpoint emptyUpTo(Instant upTo) {
        boolean unbegun = position == Position.TRIM_HORIZON || position == Position.LATEST;
        return unbegun && instant != null && upTo != null && upTo.isAfter(instant.plus(NOTABLE))
                ? new Checkpoint(position, null, upTo, version) : this;
    }

    /**
     * The checkpoint that {@link #text} and its instant stand for.
     *
     * @param at      the instant in ISO-8601, or null
     * @param version in decimal digits, or null
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Checkpoint parse(String text, String at, String version) {
        return parse(text, at).withVersion(version == null ? null : parseVersion(version));
    }

    private static Long parseVersion(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no valid version", e);
        }
    }

    private static Checkpoint parse(String text, String at) {
        try {
            return switch (text) {
                case "TRIM_HORIZON" -> at == null ? trimHorizon() : trimHorizon(Instant.parse(at));
                case "LATEST" -> latest(Instant.parse(at == null ? "" : at));
                case "AT_TIMESTAMP" -> atTimestamp(Instant.parse(at == null ? "" : at));
                case "SHARD_END" -> shardEnd(Instant.parse(at == null ? "" : at));
                default -> {
                    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                        throw new IllegalArgumentException("no valid checkpoint");
                    }
                    yield after(text);
                }
            };
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("no valid instant", e);
        }
    }

    /** The sequence number, or the sentinel's name, as stores write it; {@link #instant} goes beside it. */
    public String text() {
        return sequenceNumber != null ? sequenceNumber : position.name();
    }

    /** Where a shard is begun at an instant of the stream and not at its oldest record: that instant; else null. */
    public Instant start() {
        return position == Position.LATEST || position == Position.AT_TIMESTAMP ? instant : null;
    }

    public boolean isShardEnd() {
        return position == Position.SHARD_END;
    }

    @Override
    public String toString() {
        return sequenceNumber != null ? sequenceNumber : instant != null ? position + "@" + instant : position.toString();
    }
}
