package io.distributary.bench.faults;

import io.distributary.bench.faults.Application.Launch;
import io.distributary.bench.faults.Writer.Shape;
import java.time.Duration;
import java.util.Optional;

/** One way in which the world is bad for a while. */
abstract class Fault {
    private static final Shape CHANGES = new Shape(150, 200, 0);

    private final String name;

    Fault(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    abstract void inflict(World world) throws Exception;

    abstract void heal(World world) throws Exception;

    /** How long it lasts at least. */
    Duration hold(Length length) {
        return Duration.ofSeconds(length == Length.LONG ? 20 : 5);
    }

    /** What the name of the check begins with that has to say in time that the application is not ready; empty for none. */
    Optional<String> check() {
        return Optional.empty();
    }

    /** Whether the application can answer its probes meanwhile. */
    boolean answers() {
        return true;
    }

    /** Whether the application may end by itself, with an exit code and a message, instead of going on. */
    boolean mayEnd() {
        return false;
    }

    /** Whether an item's older changes may come again after newer ones: another process has gone on from the checkpoint. */
    boolean goesBack() {
        return false;
    }

    /** How often what was in flight became uncertain: each time at most a window of it is delivered again. */
    int interruptions(World world) {
        return 1;
    }

    /** Whether no other fault may be tried on the same table and application. */
    boolean isAlone() {
        return false;
    }

    Launch launch(World world) {
        return Launch.PLAIN;
    }

    Shape shape() {
        return CHANGES;
    }

    /** Looks for what the queues do not have, as dead letters in a file. */
    void collect(World world) throws Exception {
        // nothing in general
    }

    /** Why it cannot be tried on this machine; empty where it can. */
    Optional<String> missing() {
        return Optional.empty();
    }
}
