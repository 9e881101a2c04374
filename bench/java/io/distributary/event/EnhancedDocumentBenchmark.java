package io.distributary.event;

import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** What the SDK itself has for native-json: the new image to UTF-8 JSON. */
@State(Scope.Benchmark)
public class EnhancedDocumentBenchmark {
    @Param
    public Sample sample;

    private Record record;

    @Setup
    public void prepare() {
        record = sample.record();
    }

    @Benchmark
    public byte[] toBytes() {
        return EnhancedDocument.fromAttributeValueMap(record.dynamodb().newImage()).toJson().getBytes(StandardCharsets.UTF_8);
    }
}
