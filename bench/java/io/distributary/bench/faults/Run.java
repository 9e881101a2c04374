package io.distributary.bench.faults;

import io.distributary.bench.faults.Application.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tries faults one after the other. Those that start the application alike share one, as long as all goes well. */
final class Run {
    private final Stage stage;
    private final long seed;
    private final boolean thorough;
    private final Consumer<String> progress;

    Run(Stage stage, long seed, boolean thorough, Consumer<String> progress) {
        this.stage = stage;
        this.seed = seed;
        this.thorough = thorough;
        this.progress = progress;
    }

    List<Figures> run(List<Fault> faults) throws Exception {
        var figures = new ArrayList<Figures>();
        World world = null;
        try {
            var fresh = true;
            for (var fault : faults) {
                var missing = fault.missing();
                if (missing.isPresent()) {
                    progress.accept(fault.name() + ": left out: " + missing.get());
                    continue;
                }
                if (world == null) {
                    world = new World(stage, seed);
                    fresh = true;
                }
                var launch = fault.launch(world);
                if (fresh) {
                    world.start(launch);
                }
                var result = new Trial(world, fault, thorough).run();
                figures.add(result);
                progress.accept(FiguresTable.line(result) + (result.good() ? "" : "; log: " + world.application().log()));
                fresh = false;
                if (!result.good() || launch != Launch.PLAIN) {
                    world.close();
                    world = null;
                }
            }
        } finally {
            if (world != null) {
                world.close();
            }
        }
        return figures;
    }
}
