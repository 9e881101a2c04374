package io.distributary.event;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** One record to UTF-8 JSON, by format. */
@State(Scope.Benchmark)
public class EventFormatBenchmark {
    @Param
    public EventFormat format;

    @Param
    public Sample sample;

    private Record record;

    @Setup
    public void prepare() {
        record = sample.record();
    }

    @Benchmark
    public byte[] toBytes() {
        return format.toBytes(sample.event(record));
    }
}
