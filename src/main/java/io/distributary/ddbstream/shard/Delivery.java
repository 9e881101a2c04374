package io.distributary.ddbstream.shard;

import java.util.List;
import java.util.function.Consumer;

/** Records handed over together, at least one, in stream order. Guarded by its {@link ShardFlow}'s lock. */
final class Delivery {
    final List<Slot> slots;
    /** 1 for the first; a split does not raise it. */
    final int tries;
    /** Null, or why its one record goes to the dead letters. */
    final Throwable exhausted;
    boolean over;

    private Delivery(List<Slot> slots, int tries, Throwable exhausted) {
        this.slots = slots;
        this.tries = tries;
        this.exhausted = exhausted;
    }

    static Delivery first(List<Slot> slots) {
        return new Delivery(slots, 1, null);
    }

    static Delivery toDeadLetters(Slot slot, Throwable reason) {
        return new Delivery(List.of(slot), 1, reason);
    }

    /** The same records once more, or those of them that failed. */
    Delivery again(List<Slot> failed) {
        return new Delivery(failed, tries + 1, exhausted);
    }

    List<Delivery> halves() {
        int middle = slots.size() / 2;
        return List.of(new Delivery(slots.subList(0, middle), tries, null),
                new Delivery(slots.subList(middle, slots.size()), tries, null));
    }

    boolean alone() {
        return slots.size() == 1;
    }

    /** The first of them, where there is only one. */
    Slot slot() {
        return slots.get(0);
    }

    /** @param done also told what the handler throws */
    void handTo(RecordHandler handler, Batching batching, Consumer<Throwable> done) {
        try {
            if (exhausted != null) {
                handler.deadLetter(slot().event, slot().failed, exhausted, done);
            } else if (batching.lists()) {
                handler.handle(slots.stream().map(slot -> slot.event).toList(), done);
            } else {
                handler.handle(slot().event, done);
            }
        } catch (RuntimeException | Error e) {
            done.accept(e);
        }
    }
}
