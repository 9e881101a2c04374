package io.distributary.bench.faults;

/**
 * One change that was written.
 *
 * @param item    partition key
 * @param number  the item's counter, 1 for its first put; a removal has that of the put before it
 * @param removed whether it removed the item
 */
record Change(String item, int number, boolean removed) {
    /** Greater for each later change of the item. */
    int place() {
        return 2 * number + (removed ? 1 : 0);
    }
}
