package io.distributary.ddbstream;

import java.time.Duration;

import io.distributary.ddbstream.shard.StreamUnavailableException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Several tables, and streams by their ARN, in one source on DynamoDB Local. */
class DdbStreamTablesTest extends LocalTableRoutes {
    private final String second = table + "-customers";

    @Test
    void allTablesOfAnEndpointAreReadWithTheirOwnCheckpoints() throws Exception {
        tables.createTable(table, true);
        tables.createTable(second, true);
        start(from(table + "," + second, ""));
        tables.put(table, "ORDER#1", 1);
        tables.put(second, "CUSTOMER#1", 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 2);
        HealthCheck.Result health = ((HealthCheckAware) camel.getRoute("orders").getConsumer()).getHealthCheck().call();
        assertEquals(HealthCheck.State.UP, health.getState());
        assertEquals("RUNNING", health.getDetails().get(second + ".state"));
        camel.stop();
        tables.put(table, "ORDER#1", 2);
        tables.put(second, "CUSTOMER#1", 2);
        start(from(second, ""));
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 3);
        camel.stop();
        start(from(table + "," + second, ""));
        await().atMost(Duration.ofSeconds(30)).until(() -> deliveries.different() == 4);
        assertEquals(4, deliveries.total(), "each continued where it was");
    }

    @Test
    void oneTableThatCannotBeReadFailsTheStartByNameAndLeavesNoneRunning() throws Exception {
        tables.createTable(table, true);
        StreamUnavailableException problem = assertThrows(StreamUnavailableException.class,
                () -> start(from(table + "," + second, "")));
        assertTrue(problem.getMessage().startsWith("Table '" + second + "' does not exist"), problem.getMessage());
        camel.stop();
        start(from(table, "")); // its checkpoints are not in use any more
    }

    @Test
    void aStreamGivenByItsArnIsReadToItsEndAndNoOther() throws Exception {
        tables.createTable(table, true);
        String arn = tables.client.describeTable(request -> request.tableName(table)).table().latestStreamArn();
        tables.put(table, "ORDER#1", 1);
        tables.switchStream(table, false);
        tables.switchStream(table, true);
        tables.put(table, "ORDER#1", 2);
        start(from(arn, "&streamIteratorType=FROM_START&shardRefreshInterval=100"));
        HealthCheck check = ((HealthCheckAware) camel.getRoute("orders").getConsumer()).getHealthCheck();
        await().atMost(Duration.ofSeconds(30)).until(() -> check.call().getState() == HealthCheck.State.DOWN);
        assertTrue(check.call().getMessage().orElseThrow().contains("name the table instead"), check.call().toString());
        assertEquals(1, deliveries.total());
    }

    private RouteBuilder from(String names, String options) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("aws2-ddbstream:" + names + "?delay=20&checkpointDirectory=" + checkpoints + options).routeId("orders")
                        .process(deliveries);
            }
        };
    }
}
