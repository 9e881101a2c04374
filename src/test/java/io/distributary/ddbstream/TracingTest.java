package io.distributary.ddbstream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;
import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Camel's spans of a record's way, as an OpenTelemetry SDK gets them. */
class TracingTest extends LocalTableRoutes {
    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final List<Exchange> arrived = new CopyOnWriteArrayList<>();

    @Test
    void aRecordsTraceBeginsAtTheSourceAndNamesTheRecord() throws Exception {
        tables.createTable(table, true);
        context();
        SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exported)).build();
        camel.getRegistry().bind("tracer", provider.get("camel"));
        camel.getRegistry().bind("propagators", ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.init(camel);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("aws2-ddbstream:" + table + "?delay=20&checkpointDirectory=" + checkpoints).routeId("orders").to("direct:target");
                from("direct:target").process(arrived::add);
            }
        });
        startUnwrapped();
        tables.put(table, "ORDER#1", 1);
        await().atMost(Duration.ofSeconds(60)).until(() -> exported.getFinishedSpanItems().stream().anyMatch(TracingTest::isOfTheSource));

        List<SpanData> spans = exported.getFinishedSpanItems();
        SpanData source = spans.stream().filter(TracingTest::isOfTheSource).findFirst().orElseThrow();
        assertEquals(table, attribute(source, "table"));
        assertEquals(arrived.get(0).getMessage().getHeader("CamelAwsDdbStreamEventId"), attribute(source, "event_id"));
        assertTrue(attribute(source, "shard").startsWith("shardId-") && !attribute(source, "sequence_number").isEmpty(), source::toString);
        assertTrue(spans.stream().anyMatch(span -> span.getParentSpanId().equals(source.getSpanId())), "a span of the target: " + spans);
        assertEquals(1, spans.stream().map(SpanData::getTraceId).distinct().count(), spans::toString);
        String passedOn = arrived.get(0).getMessage().getHeader("traceparent", String.class);
        assertTrue(passedOn != null && passedOn.contains(source.getTraceId()), () -> "traceparent " + passedOn);
    }

    private static boolean isOfTheSource(SpanData span) {
        return attribute(span, "sequence_number") != null;
    }

    private static String attribute(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }
}
