package io.distributary.bench.faults;

import io.distributary.bench.faults.Application.Launch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The process is stopped by SIGSTOP, as a paused virtual machine is, and goes on later. Nobody took its place. */
final class PauseFault extends Fault {
    private final String store;

    private PauseFault(String store) {
        super("paused-" + store);
        this.store = store;
    }

    static List<Fault> all() {
        return Stream.of("file", "dynamodb", "nats-kv").map(store -> (Fault) new PauseFault(store)).toList();
    }

    static Launch with(String store) {
        return store.equals("file") ? Launch.PLAIN : new Launch(List.of(), "256m", List.of("-Dcamel.component.aws2-ddbstream.checkpoint-store=" + store,
                "-Dcamel.component.aws2-ddbstream.checkpoint-bucket=faults-checkpoints"), Map.of());
    }

    @Override
    Launch launch(World world) {
        return with(store);
    }

    /** A minute, which is longer than a lease. */
    @Override
    Duration hold(Length length) {
        return Duration.ofSeconds(length == Length.SHORT ? 5 : 60);
    }

    @Override
    boolean answers() {
        return false;
    }

    @Override
    void inflict(World world) throws Exception {
        world.application().signal("STOP");
    }

    @Override
    void heal(World world) throws Exception {
        world.application().signal("CONT");
    }

    @Override
    boolean isAlone() {
        return !store.equals("file");
    }
}
