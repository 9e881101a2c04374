package io.distributary.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.distributary.ddbstream.SourceSnapshot;
import io.distributary.ddbstream.checkpoint.Checkpoint;
import io.distributary.ddbstream.shard.EngineSnapshot;
import io.distributary.ddbstream.shard.EngineSnapshot.State;
import io.distributary.status.Counted.What;

/** Sources for people. */
final class SourceStates {
    /** Ended shards are listed for a day; more of them say nothing. */
    static final int ENDED_SHOWN = 20;

    private final Counted counted;
    private final Sampler sampler;
    private final Instant now;
    private final boolean records;

    /** @param records whether items' data is shown, and what may quote it */
    SourceStates(Counted counted, Sampler sampler, Instant now, boolean records) {
        this.counted = counted;
        this.sampler = sampler;
        this.now = now;
        this.records = records;
    }

    List<Status.Source> of(List<SourceSnapshot> sources) {
        return sources.stream().map(this::source).toList();
    }

    private Status.Source source(SourceSnapshot source) {
        EngineSnapshot engine = source.engine();
        String table = source.table();
        Long lag = engine.shards().stream().map(EngineSnapshot.Shard::deliveredUpTo).map(this::since).filter(Objects::nonNull)
                .max(Long::compare).orElse(null);
        return new Status.Source(id(source), source.routeId(), table, source.application(), engine.status().streamArn(),
                engine.status().state().name(), engine.status().problem(),
                new Status.Checkpoints(source.store().name(), source.place(), text(source.checkpointed()), since(source.checkpointed())),
                lag, Words.duration(lag), (long) counted.get(What.READ, source.routeId(), table),
                sampler.rate(What.READ, source.routeId(), table), source.inFlight(), source.maxInFlight(),
                engine.bufferedBytes(), engine.maxBufferedBytes(),
                engine.shards().stream().mapToInt(shard -> shard.window().unfinished()).sum(),
                engine.shards().stream().mapToInt(shard -> shard.window().failing()).sum(),
                (long) counted.get(What.GAPS, source.routeId(), table), (long) counted.get(What.CALLS_FAILED, source.routeId(), table),
                shards(engine.shards()));
    }

    /** What it is called in the other parts. */
    static String id(SourceSnapshot source) {
        return source.routeId() + "/" + source.table();
    }

    private List<Status.Shard> shards(List<EngineSnapshot.Shard> shards) {
        List<EngineSnapshot.Shard> ended = shards.stream().filter(shard -> shard.state() == State.SHARD_END).toList();
        Stream<EngineSnapshot.Shard> last = ended.stream().skip(Math.max(0, ended.size() - ENDED_SHOWN));
        return Stream.concat(last, shards.stream().filter(shard -> shard.state() != State.SHARD_END)).map(this::shard).toList();
    }

    private Status.Shard shard(EngineSnapshot.Shard shard) {
        Long lag = since(shard.deliveredUpTo());
        EngineSnapshot.Window window = shard.window();
        return new Status.Shard(shard.shardId(), shard.parentShardId(), shard.state().name(), why(shard), position(shard.position()),
                shard.checkpoint() == null ? null : shard.checkpoint().text(), lag, Words.duration(lag), window.unfinished(), window.size(),
                window.failing(), window.oldest() == null ? null : record(window.oldest()));
    }

    /** What a failure says may quote the record. */
    private String why(EngineSnapshot.Shard shard) {
        return shard.why() == null || records || shard.state() != State.HELD ? shard.why() : shard.why().replaceFirst("(?s): .*", "");
    }

    private static Status.Position position(Checkpoint position) {
        return position == null ? new Status.Position(Checkpoint.Position.TRIM_HORIZON.name(), null)
                : new Status.Position(position.position().name(), position.sequenceNumber());
    }

    private Status.FailingRecord record(EngineSnapshot.FailingRecord record) {
        return new Status.FailingRecord(record.eventId(), record.eventName(), records ? record.itemKey() : null, record.sequenceNumber(),
                record.attempts(), text(record.firstFailed()), text(record.lastFailed()), records ? record.reason() : null);
    }

    private Long since(Instant time) {
        return time == null ? null : Math.max(0, Duration.between(time, now).toMillis());
    }

    private static String text(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
