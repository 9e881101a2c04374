package io.distributary.event;

import io.distributary.filter.EventPattern;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.event.ruler.Machine;

/** One record against a pattern of four fields, which it matches. */
@State(Scope.Benchmark)
public class EventPatternBenchmark {
    private static final String REST = """
            "eventName": ["INSERT", "MODIFY"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "ORDER#"}]}}, "NewImage": {
            "status": {"S": ["SHIPPED", "PAID"]}, "total": {"N": [%s]}}}""";
    private static final String PATTERN = "{" + REST.formatted("{\"numeric\": [\">=\", 100]}") + "}";
    private static final String WITHOUT_NUMERIC = "{" + REST.formatted("{\"prefix\": \"1\"}") + "}";

    @Param
    public Sample sample;

    private final EventPattern pattern = EventPattern.compile(PATTERN);
    private final Machine ruler = new Machine();
    private ChangeEvent read;
    private Record record;

    @Setup
    public void prepare() throws Exception {
        record = sample.record();
        String json = "{\"Records\":[" + EventFormat.DYNAMODB_JSON.toJson(sample.event(record)) + "]}";
        read = ChangePage.read(json.getBytes(StandardCharsets.UTF_8), sample.event(record).source()).changes().get(0);
        ruler.addRule("pattern", WITHOUT_NUMERIC);
        if (!streamsJson() || !sdkRecord() || !eventRulerOnDynamoDbJson()) {
            throw new IllegalStateException("the pattern does not match");
        }
    }

    /** As it is read from the stream. */
    @Benchmark
    public boolean streamsJson() {
        return pattern.matches(read);
    }

    /** As a streams client of one's own has read it. */
    @Benchmark
    public boolean sdkRecord() {
        return pattern.matches(sample.event(record));
    }

    /** What event-ruler alone takes, with the JSON it needs; without numeric, which it could not match. */
    @Benchmark
    public boolean eventRulerOnDynamoDbJson() throws Exception {
        return !ruler.rulesForJSONEvent(EventFormat.DYNAMODB_JSON.toJson(read)).isEmpty();
    }
}
