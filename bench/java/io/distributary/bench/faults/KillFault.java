package io.distributary.bench.faults;

import io.distributary.bench.faults.Application.Launch;
import java.time.Duration;

/** The process is killed and started again. {@code bench/crash} does that at many moments. */
final class KillFault extends Fault {
    KillFault() {
        super("killed");
    }

    @Override
    void inflict(World world) throws Exception {
        world.application().kill();
    }

    @Override
    void heal(World world) throws Exception {
        world.start(Launch.PLAIN);
    }

    @Override
    Duration hold(Length length) {
        return Duration.ofSeconds(5);
    }

    @Override
    boolean answers() {
        return false;
    }

    @Override
    boolean goesBack() {
        return true;
    }

    /** The window, and what was delivered since the last checkpoint. */
    @Override
    int interruptions(World world) {
        return 3;
    }
}
