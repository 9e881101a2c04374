package io.distributary.event;

import java.time.Instant;

/**
 * Numbers the changes of a shard and of the shards that continue it, so that of two changes of an item the later one has the
 * higher number and a change that is read again has the same one: for targets that refuse what is older than what they have.
 *
 * <p>A version is a second and an index: {@code second << 30 | index}, 63 bits. The second is that of the change, or of an
 * earlier change of the lineage where that is later; the index counts the changes since the second last moved. As one
 * number: {@code max(previous + 1, second << 30)}, so that an index that is full carries into the second. DynamoDB's own
 * sequence numbers grow in the same way but exceed 63 bits, and the creation time has whole seconds only.
 */
public final class ChangeVersion {
    /** Bits of the index. */
    static final int INDEX_BITS = 30;
    private static final long MAX_SECOND = (1L << 63 - INDEX_BITS) - 1;

    /** Where the index begins when what came before is not known: above what an earlier reading may have given. */
    static final long UNKNOWN_BEFORE = 1L << INDEX_BITS - 1;
    /** Indexes per millisecond of reading's start: more than a shard can have changes. */
    private static final long PER_MILLISECOND = 4096;
    private static final long MAX_MILLISECONDS = UNKNOWN_BEFORE / PER_MILLISECOND - 1;

    private ChangeVersion() {
    }

    /**
     * The version of a change.
     *
     * @param previous the version of the change before it in the lineage
     * @param created  its creation time, or null where the record does not say
     */
    public static long next(long previous, Instant created) {
        return Math.max(previous + 1, second(created) << INDEX_BITS);
    }

    /**
     * The version of the first change that is read where the one before it is not known: the very first start, or a
     * checkpoint that is lost. A later start's are higher even where the second is the same, by its time.
     *
     * @param created its creation time, or null where the record does not say
     * @param start   the instant that the checkpoint keeps for a start at the end of the stream; null for one at its oldest record
     */
    public static long first(Instant created, Instant start) {
        long second = second(created);
        long since = start == null ? 0 : start.toEpochMilli() - second * 1000;
        return (second << INDEX_BITS) + UNKNOWN_BEFORE + Math.max(0, Math.min(since, MAX_MILLISECONDS)) * PER_MILLISECOND;
    }

    /**
     * The version of what was the last to happen before a second: above that of every change of the seconds before it, below
     * that of every change of this second and those after it.
     */
    public static long before(Instant second) {
        return (second(second) << INDEX_BITS) - 1;
    }

    private static long second(Instant created) {
        return created == null ? 0 : Math.max(0, Math.min(created.getEpochSecond(), MAX_SECOND));
    }
}
