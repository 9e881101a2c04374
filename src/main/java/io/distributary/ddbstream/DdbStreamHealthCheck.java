package io.distributary.ddbstream;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.distributary.ddbstream.shard.EngineStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready while every stream's position is held and no record waits for another try. */
final class DdbStreamHealthCheck extends AbstractHealthCheck {
    private final Supplier<String> usedBy;
    private final Supplier<List<EngineStatus>> status;

    /** @param usedBy of a source kamelet the route that uses it, as the kamelet's own has only a number; else null */
    DdbStreamHealthCheck(String id, Supplier<String> usedBy, Supplier<List<EngineStatus>> status) {
        super("camel", id);
        this.usedBy = usedBy;
        this.status = status;
    }

    /** Restarting the process would mend nothing that this check sees. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<EngineStatus> tables = status.get();
        if (tables.isEmpty()) {
            builder.message("The consumer is stopped").down();
            return;
        }
        String route = usedBy.get();
        if (route != null) {
            builder.detail("route", route);
        }
        tables.forEach(table -> details(builder, table, tables.size() == 1 ? "" : table.tableName() + "."));
        String problems = tables.stream().map(DdbStreamHealthCheck::problem).filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        if (problems.isEmpty()) {
            builder.up();
        } else {
            builder.message((route == null ? "" : "Route " + route + ": ") + problems).down();
        }
    }

    private static void details(HealthCheckResultBuilder builder, EngineStatus table, String prefix) {
        builder.detail(prefix + "table", table.tableName());
        builder.detail(prefix + "state", table.state().name());
        if (table.streamArn() != null) {
            builder.detail(prefix + "stream", table.streamArn());
        }
        builder.detail(prefix + "shards", table.shards().size());
        builder.detail(prefix + "failing", failing(table));
    }

    /** What keeps the table from being ready, or null. */
    private static String problem(EngineStatus table) {
        int failing = failing(table);
        return switch (table.state()) {
            case RUNNING, SUSPENDED -> failing == 0 ? null : "Table " + table.tableName() + ": " + failing
                    + " records are not delivered and tried again, in shards " + table.shards().stream()
                            .filter(shard -> shard.failing() > 0).map(EngineStatus.ShardStatus::shardId).toList();
            default -> "Table " + table.tableName() + ": "
                    + (table.problem() == null ? table.state().name() : table.problem());
        };
    }

    private static int failing(EngineStatus table) {
        return table.shards().stream().mapToInt(EngineStatus.ShardStatus::failing).sum();
    }
}
