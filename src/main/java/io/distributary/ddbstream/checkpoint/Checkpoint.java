package io.distributary.ddbstream.checkpoint;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;

/**
 * How far one shard has been processed, with KCL's sentinels: {@code TRIM_HORIZON} (nothing yet, from its oldest
 * record), {@code LATEST} (nothing yet, from the instant of the first start), a sequence number (up to and including
 * it), {@code SHARD_END} (all of it, and its children may start).
 *
 * @param position       which of the four
 * @param sequenceNumber the last processed record of the contiguous prefix; only with {@code AFTER_SEQUENCE_NUMBER}
 * @param instant        with {@code LATEST} the first start, with {@code SHARD_END} when the end was reached
 */
public record Checkpoint(Position position, String sequenceNumber, Instant instant) {

    /** The four kinds of checkpoint. */
    public enum Position {
        TRIM_HORIZON,
        LATEST,
        AFTER_SEQUENCE_NUMBER,
        SHARD_END
    }

    private static final Checkpoint OLDEST = new Checkpoint(Position.TRIM_HORIZON, null, null);

    public Checkpoint {
        Objects.requireNonNull(position, "position");
        if ((position == Position.AFTER_SEQUENCE_NUMBER) != (sequenceNumber != null)) {
            throw new IllegalArgumentException("A sequence number belongs to AFTER_SEQUENCE_NUMBER only: " + position);
        }
        if ((position == Position.LATEST || position == Position.SHARD_END) != (instant != null)) {
            throw new IllegalArgumentException("An instant belongs to LATEST and SHARD_END only: " + position);
        }
    }

    public static Checkpoint trimHorizon() {
        return OLDEST;
    }

    /** Everything written from {@code firstStart} on is still to be processed. */
    public static Checkpoint latest(Instant firstStart) {
        return new Checkpoint(Position.LATEST, null, Objects.requireNonNull(firstStart, "firstStart"));
    }

    /** All records up to and including this one are processed. */
    public static Checkpoint after(String sequenceNumber) {
        return new Checkpoint(Position.AFTER_SEQUENCE_NUMBER, Objects.requireNonNull(sequenceNumber, "sequenceNumber"), null);
    }

    public static Checkpoint shardEnd(Instant reached) {
        return new Checkpoint(Position.SHARD_END, null, Objects.requireNonNull(reached, "reached"));
    }

    /**
     * The checkpoint that {@link #text} and its instant stand for.
     *
     * @param at the instant in ISO-8601, or null
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Checkpoint parse(String text, String at) {
        try {
            return switch (text) {
                case "TRIM_HORIZON" -> trimHorizon();
                case "LATEST" -> latest(Instant.parse(at == null ? "" : at));
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

    public boolean isShardEnd() {
        return position == Position.SHARD_END;
    }

    @Override
    public String toString() {
        return sequenceNumber != null ? sequenceNumber : instant != null ? position + "@" + instant : position.toString();
    }
}
