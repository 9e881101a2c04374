package io.distributary.deadletter.store;

import java.util.Iterator;

/**
 * The dead letters of one destination, read so that they can be sent again. The iteration is over what is stored when the store
 * is opened, each once, in the store's own order, which need not be that of the changes; little of it is in memory at a time.
 *
 * <p>What is handed out stays stored until it is {@link #remove removed}, and nobody else who reads by the same rules is handed
 * it meanwhile, except from S3, which has no such thing. What has not been removed when the store is closed is there for the
 * next reader at once, after a crash within two minutes.
 *
 * <p>Remove a letter only when its target has accepted the change. Where it fails again, leave the letter there and store no
 * second one: a FIFO queue or a JetStream stream would take the second for a repetition of the first, and both would be gone.
 *
 * <p>One thread iterates; any thread may remove. Failures of the server are thrown as unchecked exceptions that name it.
 */
public interface DeadLetterStore extends Iterator<StoredDeadLetter>, AutoCloseable {
    /** For people: {@code queue orders-dead-letters}. */
    String name();

    /**
     * Waits for the server a few seconds at most. On a FIFO queue, false may turn into true when a letter is removed: of each
     * message group the next one comes then.
     */
    @Override
    boolean hasNext();

    /**
     * To be asked when there is no next: how many entries others have been handed and have not given back, as far as the server knows. A
     * reader that works has them, or one that was killed less than two minutes ago; then they come. 0 where there is no such thing, in
     * files and in S3.
     */
    long withOthers();

    /** @throws java.util.NoSuchElementException where there is none */
    @Override
    StoredDeadLetter next();

    /** Takes a letter of this store out of it, for good when this returns. Once more does no harm. */
    void remove(StoredDeadLetter letter);

    @Override
    void close();
}
