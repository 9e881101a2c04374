package io.distributary.ddbstream;

import java.util.ArrayList;
import java.util.List;

import io.distributary.ddbstream.shard.Engine;
import io.distributary.ddbstream.shard.EngineSnapshot;
import io.distributary.ddbstream.shard.EngineStatus;

/** One engine for each table of an endpoint; they start all or none. */
final class TableEngines {
    private final List<Engine> engines;

    TableEngines(List<Engine> engines) {
        this.engines = List.copyOf(engines);
    }

    /** Throws as {@link Engine#start}, with those stopped again that had started. */
    void start() {
        List<Engine> started = new ArrayList<>();
        try {
            for (Engine engine : engines) {
                engine.start();
                started.add(engine);
            }
        } finally {
            if (started.size() < engines.size()) {
                started.forEach(Engine::stop);
            }
        }
    }

    void suspend() {
        engines.forEach(Engine::suspend);
    }

    void resume() {
        engines.forEach(Engine::resume);
    }

    int inFlight() {
        return engines.stream().mapToInt(Engine::inFlight).sum();
    }

    void stop() {
        engines.forEach(Engine::stop);
    }

    /** Of one table's engine. */
    int inFlight(String table) {
        return engines.stream().filter(engine -> engine.status().tableName().equals(table)).mapToInt(Engine::inFlight).sum();
    }

    List<EngineSnapshot> snapshots() {
        return engines.stream().map(Engine::snapshot).toList();
    }

    List<EngineStatus> status() {
        return engines.stream().map(Engine::status).toList();
    }
}
