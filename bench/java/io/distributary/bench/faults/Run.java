package io.distributary.bench.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tries faults one after the other. They share a table and an application where they can, as long as all goes well. */
final class Run {
    private final Stage stage;
    private final long seed;
    private final Length length;
    private final Consumer<String> progress;

    Run(Stage stage, long seed, Length length, Consumer<String> progress) {
        this.stage = stage;
        this.seed = seed;
        this.length = length;
        this.progress = progress;
    }

    List<Figures> run(List<Fault> faults) throws Exception {
        var figures = new ArrayList<Figures>();
        World world = null;
        try {
            for (var fault : faults) {
                var missing = fault.missing();
                if (missing.isPresent()) {
                    progress.accept(fault.name() + ": left out: " + missing.get());
                    continue;
                }
                if (world != null && fault.isAlone()) {
                    world.close();
                    world = null;
                }
                if (world == null) {
                    world = new World(stage, seed);
                    world.start(fault.launch(world));
                }
                var result = new Trial(world, fault, length).run();
                figures.add(result);
                progress.accept(FiguresTable.line(result) + (result.good() ? "" : "; log: " + world.application().log()));
                if (fault.isAlone() || !result.good()) {
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
