package io.distributary.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Whether each record arrived once and each item's in order, at the cost of a few memory accesses per record: in an item every
 * sequence number is above the one before, so none is repeated; and there are as many as were written, so none is missing.
 */
final class ItemOrder {
    private final AtomicLongArray last;
    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger arrived = new AtomicInteger();
    private final CountDownLatch all = new CountDownLatch(1);
    private final int expected;

    /**
     * @param items    numbers of the items: 0 up to this
     * @param expected records
     */
    ItemOrder(int items, int expected) {
        this.last = new AtomicLongArray(items);
        this.expected = expected;
    }

    /**
     * A record has arrived.
     *
     * @param partitionKey   as {@link Workload#partitionKey} writes it
     * @param sequenceNumber decimal digits, above 0
     */
    void arrived(String partitionKey, String sequenceNumber) {
        var item = Integer.parseInt(partitionKey, Workload.PARTITION_KEY.length(), partitionKey.length(), 10);
        var number = Long.parseLong(sequenceNumber);
        if (last.getAndSet(item, number) >= number) {
            wrong.incrementAndGet();
        }
        if (arrived.incrementAndGet() == expected) {
            all.countDown();
        }
    }

    /** Waits for the last record. */
    void await(String contender, long seconds) throws InterruptedException {
        if (!all.await(seconds, TimeUnit.SECONDS)) {
            throw new WrongResultException(contender + ": " + arrived + " of " + expected + " records arrived within " + seconds + " s");
        }
    }

    /** @throws WrongResultException unless each record arrived once and each item's in order; call when no more can come */
    void require(String contender) {
        if (wrong.get() != 0 || arrived.get() != expected) {
            throw new WrongResultException(contender + ": of " + expected + " records " + arrived + " arrived, and " + wrong
                    + " of them not behind their item's one before. Nothing is measured.");
        }
    }
}
