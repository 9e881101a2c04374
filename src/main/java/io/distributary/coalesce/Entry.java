package io.distributary.coalesce;

import java.util.function.Consumer;

/**
 * One message on its way to a target. Completes once, by its own outcome.
 *
 * @param <M> what the target's transport sends
 */
public final class Entry<M> {
    private final M message;
    private final String id;
    private final String lane;
    private final int bytes;
    private final Consumer<Exception> done;

    // guarded by the coalescer's lock
    Entry<M> follower;
    int attempts;
    long queuedAt;
    long firstSentAt;

    /**
     * @param message what to send
     * @param id      names the message for people: the event id, or the exchange id
     * @param lane    messages with the same lane never overtake each other and are never in one request; null for none
     * @param bytes   its size as the target's limit counts it
     * @param done    called once, on any thread: with null when the target has the message, else with the reason
     */
    public Entry(M message, String id, String lane, int bytes, Consumer<Exception> done) {
        this.message = message;
        this.id = id;
        this.lane = lane;
        this.bytes = bytes;
        this.done = done;
    }

    public M message() {
        return message;
    }

    public String id() {
        return id;
    }

    /** Null where the message may overtake any other. */
    public String lane() {
        return lane;
    }

    public int bytes() {
        return bytes;
    }

    /** Ends it: with null when the target has it, else with the reason. To be called once. */
    public void complete(Exception failure) {
        done.accept(failure);
    }
}
