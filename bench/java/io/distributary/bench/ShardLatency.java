package io.distributary.bench;

import io.distributary.event.ChangeEvent;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Latency of the source alone, from a put to a step of the route, over many shards that all get their puts.
 *
 * @param shards open shards of the stream
 * @param puts   in each of them
 * @param rate   puts per second in each of them
 */
record ShardLatency(int shards, int puts, int rate) {
    private static final long LIMIT_SECONDS = 60;

    /** Ours, as it comes. */
    Contender<StreamOrigin> contender() {
        return new Contender<>(Contender.OURS, Map.of(), 1, OwnRoute::discarding);
    }

    Latencies measure(Contender<StreamOrigin> contender) throws Exception {
        var all = shards * puts;
        var milliseconds = new double[all];
        var arrived = new CountDownLatch(all);
        // one more in each shard comes first and shows that the shard is read
        var probes = new CountDownLatch(shards);
        var repeated = new AtomicBoolean();
        try (var table = new LiveTable(shards); var context = contender.context(table.origin(), exchange -> {
            var now = System.nanoTime();
            var image = exchange.getMessage().getBody(ChangeEvent.class).newImage();
            var number = Integer.parseInt(image.get(LiveTable.NUMBER).n());
            if (number >= all) {
                probes.countDown();
                return;
            }
            repeated.compareAndSet(false, milliseconds[number] != 0);
            milliseconds[number] = (now - Long.parseLong(image.get(LiveTable.PUT_AT).n())) / 1e6;
            arrived.countDown();
        })) {
            context.start();
            context.getRouteController().startRoute(Routes.ID);
            for (var shard = 0; shard < shards; shard++) {
                table.put(shard, all + shard);
            }
            await(probes, "first puts, one in each shard,");
            Trickle.run(all, rate * shards, number -> table.put(number % shards, number));
            await(arrived, "puts");
        }
        if (repeated.get()) {
            throw new WrongResultException("A change arrived again. Nothing is measured.");
        }
        return new Latencies(milliseconds);
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new WrongResultException(latch.getCount() + " " + what + " had not arrived " + LIMIT_SECONDS + " s later");
        }
    }
}
