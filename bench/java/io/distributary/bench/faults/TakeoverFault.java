package io.distributary.bench.faults;

import io.distributary.bench.faults.Application.Launch;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * The process is stopped by SIGSTOP until another one has taken its lease and delivers, and then goes on. It must find out, say so
 * and leave the reading to the other.
 */
final class TakeoverFault extends Fault {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final String store;
    private Application paused;

    TakeoverFault(String store) {
        super("replaced-while-paused-" + store);
        this.store = store;
    }

    @Override
    Launch launch(World world) {
        return PauseFault.with(store);
    }

    @Override
    void inflict(World world) throws Exception {
        paused = world.application();
        paused.signal("STOP");
        var other = world.start(launch(world));
        Awaitility.await().atMost(PATIENCE).until(() -> !other.running() || other.started() && other.health("/readyz").up());
    }

    @Override
    void heal(World world) throws Exception {
        paused.signal("CONT");
        Awaitility.await("the replaced one says so").atMost(PATIENCE).until(() -> !paused.running()
                || paused.health("/readyz").reason("consumer:").isPresent());
    }

    @Override
    boolean answers() {
        return false;
    }

    @Override
    boolean goesBack() {
        return true;
    }

    /** Of the one that takes over, and of the one that goes on. */
    @Override
    int interruptions(World world) {
        return 3;
    }

    @Override
    boolean isAlone() {
        return true;
    }
}
