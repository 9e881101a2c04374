package io.distributary.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.event.StreamSource;
import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.Service;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.opensearch.OpensearchComponent;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** What the producers alone can do: changes from memory into a real index. */
@Command(name = "to-opensearch", sortOptions = false, usageHelpAutoWidth = true,
        description = "Changes per second from memory into an OpenSearch index, stock Camel's producer and ours.")
final class ToOpenSearch implements Callable<Integer> {
    private static final StreamSource SOURCE = new StreamSource("orders", "arn", "shard", "pk", "sk");
    private static final long LIMIT_SECONDS = 300;
    private static final String STOCK = "stock";
    private static final String OURS = "ours";

    @Mixin
    private Help help = new Help();

    @Option(names = "--changes", defaultValue = "20000", paramLabel = "N",
            description = "Changes, each of another item of about 900 bytes; stock gets a tenth (default: ${DEFAULT-VALUE}).")
    private int changes;

    @Option(names = "--in-flight", defaultValue = "1000", paramLabel = "N",
            description = "Exchanges in flight (default: ${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(names = "--rounds", defaultValue = "5", paramLabel = "N", description = "Counted rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    private final AtomicInteger indexes = new AtomicInteger();

    /** The one option that is no setting. */
    static final class Help {
        @Option(names = "--help", usageHelp = true, description = "Shows this.")
        private boolean asked;
    }

    @Override
    public Integer call() throws Exception {
        System.out.println(Machine.describe());
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        try (var sandbox = Folders.sandbox()) {
            sandbox.start(Service.OPENSEARCH);
            for (var round = 0; round <= rounds; round++) {
                for (var name : List.of(STOCK, OURS)) {
                    var rate = measure(sandbox, name, name.equals(STOCK) ? changes / 10 : changes);
                    System.err.printf(Locale.ROOT, "%s  %s  %,.0f changes/s%n", round == 0 ? "warm-up" : "round " + round, name, rate);
                    if (round > 0) {
                        rates.computeIfAbsent(name, key -> new ArrayList<>()).add(rate);
                    }
                }
            }
        }
        var table = new MarkdownTable("contender", "median changes/s", "lowest", "highest", "to stock");
        var stock = Statistics.median(values(rates.get(STOCK)));
        rates.forEach((name, runs) -> table.row("`" + name + "`", whole(Statistics.median(values(runs))),
                whole(Statistics.min(values(runs))), whole(Statistics.max(values(runs))),
                String.format(Locale.ROOT, "%.1f", Statistics.median(values(runs)) / stock)));
        System.out.println(table);
        return 0;
    }

    private double measure(Sandbox sandbox, String name, int count) throws Exception {
        var index = "bench-" + name + "-" + indexes.incrementAndGet();
        var events = new ArrayList<ChangeEvent>(count);
        for (var i = 0; i < count; i++) {
            events.add(event(i));
        }
        try (var context = context(sandbox, name, index)) {
            context.start();
            var template = context.createProducerTemplate();
            var window = new Semaphore(inFlight);
            var failed = new AtomicInteger();
            var start = System.nanoTime();
            for (var event : events) {
                window.acquire();
                template.asyncSend("direct:in", exchange -> fill(exchange, event)).whenComplete((exchange, error) -> {
                    failed.addAndGet(error != null || exchange.getException() != null ? 1 : 0);
                    window.release();
                });
            }
            if (!window.tryAcquire(inFlight, LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new WrongResultException(name + " has not finished after " + LIMIT_SECONDS + " s");
            }
            var seconds = (System.nanoTime() - start) / 1e9;
            var stored = sandbox.openSearch().count(index);
            if (failed.get() > 0 || stored != count) {
                throw new WrongResultException(name + ": " + failed + " failed, " + stored + " of " + count + " stored");
            }
            sandbox.openSearch().deleteIndex(index);
            return count / seconds;
        }
    }

    private static void fill(Exchange exchange, ChangeEvent event) {
        exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
        exchange.getMessage().setBody(event);
        exchange.getMessage().setHeader("indexId", event.itemKey());
    }

    private static CamelContext context(Sandbox sandbox, String name, String index) throws Exception {
        var endpoint = sandbox.endpoint(Service.OPENSEARCH);
        var nodes = "hostAddresses=" + endpoint.getHost() + ":" + endpoint.getPort() + "&indexName=" + index;
        var context = new DefaultCamelContext();
        context.addComponent("stock", new OpensearchComponent());
        if (name.equals(STOCK)) {
            StockRoute.withoutOurSteps(context);
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                var route = from("direct:in").errorHandler(noErrorHandler());
                if (name.equals(STOCK)) {
                    route.process(exchange -> exchange.getMessage().setBody(EventFormat.NATIVE_JSON.toJson(
                            exchange.getMessage().getBody(ChangeEvent.class)))).to("stock:c?operation=Index&" + nodes);
                } else {
                    route.to("opensearch:c?" + nodes);
                }
            }
        });
        return context;
    }

    private static ChangeEvent event(int number) {
        var item = new HashMap<>(Workload.item(number, 1));
        item.put("pk", AttributeValue.fromS("ORDER#" + number));
        item.put("sk", AttributeValue.fromS("x"));
        return ChangeEvent.of(Record.builder().eventID("e" + number).eventName("MODIFY").dynamodb(change -> change
                .keys(Map.of("pk", item.get("pk"), "sk", item.get("sk"))).newImage(item).sequenceNumber(Integer.toString(number))
                .approximateCreationDateTime(Instant.ofEpochSecond(1_795_000_000))).build(), SOURCE).withVersion(number);
    }

    private static double[] values(List<Double> runs) {
        return runs.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
