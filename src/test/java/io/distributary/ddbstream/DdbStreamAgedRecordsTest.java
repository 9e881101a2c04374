package io.distributary.ddbstream;

import java.time.Duration;

import io.distributary.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What becomes of iterators and records that grow too old, on DynamoDB Local, which can be made to age. */
class DdbStreamAgedRecordsTest extends LocalTableRoutes {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void iteratorsThatExpireUnderARunningConsumerLoseNothing() throws Exception {
        tables.createTable(table, true);
        startMetered("");
        put(1, 10);
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.total() == 10);
        for (int n = 11; n <= 40; n += 10) {
            tables.local.dilateEventTimes(Duration.ofMinutes(16).toMillis());
            put(n, n + 9);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 40);
        deliveries.assertAllInOrder(1, 40);
        assertEquals(40, deliveries.total(), "and repeat nothing");
        assertTrue(count("retries") >= 1, "calls with an expired iterator: " + count("retries"));
        assertEquals(0, count("gaps"));
        assertEquals(40, count("records"));
        assertTrue(pages() >= 40 / 10, "pages: " + pages());
    }

    @Test
    void anIteratorThatExpiresBeforeTheFirstRecordLosesNothing() throws Exception {
        tables.createTable(table, true);
        startMetered("");
        await().atMost(Duration.ofSeconds(30)).until(() -> pages() > 0);
        tables.local.dilateEventTimes(Duration.ofMinutes(16).toMillis());
        put(1, 10);
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 10);
        assertTrue(count("retries") >= 1, "calls with an expired iterator: " + count("retries"));
    }

    @Test
    void recordsTrimmedWhileTheApplicationWasStoppedAreALossThatIsShown() throws Exception {
        trimmedWhileStopped();
        try (LogLines log = LogLines.of("io.distributary.ddbstream.shard")) {
            startMetered("");
            await().atMost(Duration.ofSeconds(30)).until(() -> health().getState() == HealthCheck.State.DOWN);
            await().atMost(Duration.ofSeconds(30)).until(() -> count("gaps") == 1);
            put(21, 25);
            await().during(Duration.ofMillis(500)).until(() -> deliveries.total() == 10 && count("gaps") == 1);
            String line = log.lines().stream().filter(each -> each.startsWith("ERROR")).reduce((a, b) -> a + "\n" + b).orElseThrow();
            assertTrue(line.matches("ERROR Table " + table + ", shard shardId-\\S+: the records after \\d+ .* are no longer in the"
                    + " stream.*set onGap=continue.*"), line);
            assertTrue(health().getMessage().orElseThrow().contains("onGap=continue"), health().toString());
        }
    }

    @Test
    void recordsTrimmedWhileTheApplicationWasStoppedArePassedOverWhenToldTo() throws Exception {
        trimmedWhileStopped();
        put(21, 25);
        try (LogLines log = LogLines.of("io.distributary.ddbstream.shard")) {
            startMetered("&onGap=continue");
            await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 15);
            assertEquals(1, count("gaps"), "one loss is one gap");
            assertTrue(log.lines().stream().anyMatch(line -> line.matches("ERROR Table " + table + ", shard shardId-\\S+: the records"
                    + " after \\d+ .*Going on with the oldest record.*")), log.lines()::toString);
            assertEquals(HealthCheck.State.UP, health().getState());
        }
    }

    @Test
    void theRecordsThatFailAreCountedWhileTheyDo() throws Exception {
        tables.createTable(table, true);
        startMetered("", exchange -> {
            throw new IllegalStateException("refused by the target");
        });
        put(1, 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> failing() == 1);
        camel.stop();
        assertEquals(null, meters.find("distributary.source.failing").gauge(), "a stopped source has no meters");
    }

    private void trimmedWhileStopped() throws Exception {
        tables.createTable(table, true);
        startMetered("");
        put(1, 10);
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.total() == 10);
        camel.stop();
        put(11, 20);
        tables.local.dilateEventTimes(Duration.ofHours(25).toMillis());
    }

    private void put(int from, int to) {
        for (int n = from; n <= to; n++) {
            tables.put(table, "ORDER#1", n);
        }
    }

    private void startMetered(String options) throws Exception {
        startMetered(options, deliveries);
    }

    private void startMetered(String options, Processor target) throws Exception {
        context();
        camel.getRegistry().bind("meters", meters);
        camel.addRoutes(javaRoute(options, target));
        startUnwrapped();
    }

    private int count(String what) {
        return (int) meters.get("distributary.source." + what).tag("table", table).tag("application", "orders").counter().count();
    }

    private long pages() {
        return meters.get("distributary.source.page.records").tag("table", table).summary().count();
    }

    private int failing() {
        return (int) meters.get("distributary.source.failing").tag("table", table).gauge().value();
    }

    private HealthCheck.Result health() {
        return ((HealthCheckAware) camel.getRoute("orders").getConsumer()).getHealthCheck().call();
    }
}
