package io.distributary.backfill;

/** So many items and no more, for several who do not know before how many of those they ask for there are. Thread-safe. */
final class Quota {
    private long left;
    private int asked;
    private boolean closed;

    Quota(long left) {
        this.left = left;
    }

    /** Waits while others may give some back. 0 where none is left, or it is closed. */
    synchronized int take(int most) throws InterruptedException {
        while (left == 0 && asked > 0 && !closed) {
            wait();
        }
        if (closed) {
            return 0;
        }
        int taken = (int) Math.min(most, left);
        left -= taken;
        asked += taken > 0 ? 1 : 0;
        return taken;
    }

    /** Of what was taken so many were not needed. */
    synchronized void give(int back) {
        left += back;
        asked--;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
