package io.distributary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Latency of a trickle from a put to a NATS subscriber. */
@Command(name = "latency", sortOptions = false, usageHelpAutoWidth = true,
        description = "Milliseconds from a put, while few are made, to the message at a NATS subscriber, stock Camel and ours.")
final class Latency implements Callable<Integer> {
    private static final long LIMIT_SECONDS = 60;
    private static final String NUMBER = "number";
    /** System.nanoTime of this JVM, which also receives. */
    private static final String PUT_AT = "put_at";
    /** Number of the put that comes first and shows that the route is running. */
    private static final int PROBE = -1;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private Rounds rounds = new Rounds();

    @Option(names = "--puts", defaultValue = "1000", paramLabel = "N", description = "Puts that count (default: ${DEFAULT-VALUE}).")
    private int puts;

    @Option(names = "--rate", defaultValue = "50", paramLabel = "N", description = "Puts per second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--shards", paramLabel = "N", description = "Measure our source alone instead: from a put to a step of its route,"
            + " over N shards; puts and rate are those of each shard.")
    private Integer shards;

    @Override
    public Integer call() throws Exception {
        rounds.require("--puts", puts, 1);
        rounds.require("--rate", rate, 1);
        if (shards != null) {
            rounds.require("--shards", shards, 1);
            var latency = new ShardLatency(shards, puts, rate);
            System.out.println(Latencies.report(rounds.run(List.of(latency.contender()), latency::measure)));
            return 0;
        }
        System.out.println(Latencies.report(rounds.run(List.of(Contender.stockDefaults(1), Contender.stockBest(), Contender.ours(),
                Contender.oursPolling()), this::measure)));
        return 0;
    }

    private Latencies measure(Contender<Site> contender) throws Exception {
        try (var site = new Site(StreamViewType.NEW_IMAGE); var context = contender.context(site, exchange -> { })) {
            var probe = new CountDownLatch(1);
            var arrived = new CountDownLatch(puts);
            var milliseconds = new double[puts];
            site.nats().createDispatcher(message -> {
                var now = System.nanoTime();
                var image = newImage(message.getData());
                var number = image.path(NUMBER).intValue();
                if (number == PROBE) {
                    probe.countDown();
                } else if (milliseconds[number] == 0) {
                    milliseconds[number] = (now - image.path(PUT_AT).longValue()) / 1e6;
                    arrived.countDown();
                }
            }).subscribe(Site.subject());
            site.nats().flush(Duration.ofSeconds(LIMIT_SECONDS));
            context.start();
            context.getRouteController().startRoute(Routes.ID);
            put(site, PROBE);
            await(probe, contender, "the first put");
            Trickle.run(puts, rate, number -> put(site, number));
            await(arrived, contender, "all puts");
            return new Latencies(milliseconds);
        }
    }

    private static JsonNode newImage(byte[] envelope) {
        try {
            return JSON.readTree(envelope).path("new_image");
        } catch (IOException e) {
            throw new UncheckedIOException("Not an envelope", e);
        }
    }

    private static void put(Site site, int number) {
        var item = new HashMap<>(Workload.item(number, 1));
        item.put(NUMBER, AttributeValue.fromN(Integer.toString(number)));
        item.put(PUT_AT, AttributeValue.fromN(Long.toString(System.nanoTime())));
        site.dynamoDb().putItem(put -> put.tableName(Site.TABLE).item(item));
    }

    private static void await(CountDownLatch latch, Contender<Site> contender, String what) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new WrongResultException(contender.name() + ": " + what + " had not arrived " + LIMIT_SECONDS + " s later; "
                    + latch.getCount() + " missing");
        }
    }
}
