package io.distributary.ddbstream;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.distributary.ddbstream.shard.EngineStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready while the stream's position is held and no record waits for another try. */
final class DdbStreamHealthCheck extends AbstractHealthCheck {
    private final Supplier<EngineStatus> status;

    DdbStreamHealthCheck(String id, Supplier<EngineStatus> status) {
        super("camel", id);
        this.status = status;
    }

    /** Restarting the process would mend nothing that this check sees. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        EngineStatus now = status.get();
        if (now == null) {
            builder.message("The consumer is stopped").down();
            return;
        }
        builder.detail("table", now.tableName());
        builder.detail("state", now.state().name());
        if (now.streamArn() != null) {
            builder.detail("stream", now.streamArn());
        }
        builder.detail("shards", now.shards().size());
        int failing = now.shards().stream().mapToInt(EngineStatus.ShardStatus::failing).sum();
        builder.detail("failing", failing);
        switch (now.state()) {
            case RUNNING, SUSPENDED -> {
                if (failing == 0) {
                    builder.up();
                } else {
                    List<String> shards = now.shards().stream().filter(shard -> shard.failing() > 0)
                            .map(EngineStatus.ShardStatus::shardId).toList();
                    builder.message("Table " + now.tableName() + ": " + failing
                            + " records are not delivered and tried again, in shards " + shards).down();
                }
            }
            default -> builder.message("Table " + now.tableName() + ": "
                    + (now.problem() == null ? now.state().name() : now.problem())).down();
        }
    }
}
