package io.distributary.backfill;

import java.util.List;

import io.distributary.event.ChangeEvent;

/** Sends the events of a page through the route. Thread-safe. */
interface Delivery {
    /**
     * How it ended.
     *
     * @param whole       the route is done with all of them
     * @param deadLetters stored by the route so far, for all pages
     * @param failure     why it is not whole, and for which item; null where it is, or was told to stop
     */
    record Outcome(boolean whole, long deadLetters, String failure) {
    }

    /** Returns when nothing of it is in flight any more. No item is twice in it. */
    Outcome deliver(List<ChangeEvent> page) throws InterruptedException;

    /** What has not been handed to the route yet stays behind. */
    void stop();
}
