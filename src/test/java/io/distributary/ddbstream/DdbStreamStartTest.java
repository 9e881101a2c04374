package io.distributary.ddbstream;

import java.time.Duration;

import io.distributary.ddbstream.shard.GapPolicy;
import io.distributary.ddbstream.shard.StreamUnavailableException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How routes on DynamoDB Local start, or say why they do not. */
class DdbStreamStartTest extends LocalTableRoutes {
    @Test
    void theStockOptionsOfAScheduledConsumerStillBind() throws Exception {
        context();
        DdbStreamEndpoint endpoint = camel.getEndpoint("aws2-ddbstream:" + table + "?initialDelay=7&delay=9&timeUnit=SECONDS"
                + "&greedy=true&maxResultsPerRequest=50&region=eu-west-1&overrideEndpoint=true"
                + "&uriEndpointOverride=http://localhost:1&accessKey=a&secretKey=b&onGap=continue&checkpointInterval=2s",
                DdbStreamEndpoint.class);
        assertEquals(Duration.ofSeconds(7), endpoint.firstDelay());
        assertEquals(Duration.ofSeconds(9), endpoint.minPollInterval());
        assertEquals(Duration.ofSeconds(9), endpoint.maxPollInterval());
        assertEquals(50, endpoint.getConfiguration().getMaxResultsPerRequest());
        assertEquals(GapPolicy.CONTINUE, endpoint.getConfiguration().getOnGap());
        assertEquals(2000, endpoint.getConfiguration().getCheckpointInterval());
    }

    @Test
    void withoutTheStockDelayThePollingIsAdaptive() {
        context();
        DdbStreamEndpoint endpoint = camel.getEndpoint("aws2-ddbstream:" + table + "?maxPollInterval=5s", DdbStreamEndpoint.class);
        assertEquals(Duration.ofMillis(50), endpoint.minPollInterval());
        assertEquals(Duration.ofSeconds(5), endpoint.maxPollInterval());
        Exception problem = assertThrows(ResolveEndpointFailedException.class,
                () -> camel.getEndpoint("aws2-ddbstream:" + table + "?minPollInterval=2s&maxPollInterval=1s"));
        assertTrue(problem.getMessage().contains("maxPollInterval is 1000, but must be at least 2000"), problem.getMessage());
    }

    @Test
    void aStartTimestampMustBeAnInstantThatHasPassed() {
        context();
        assertTrue(refusal("startTimestamp=yesterday").contains(
                "aws2-ddbstream:" + table + ": startTimestamp is yesterday, but must be an instant such as 2026-01-31T12:00:00Z"));
        assertTrue(refusal("startTimestamp=2999-01-01T00:00:00Z").contains("streamIteratorType=FROM_LATEST"));
        camel.getEndpoint("aws2-ddbstream:" + table + "?startTimestamp=2026-01-01T00:00:00Z");
    }

    private String refusal(String options) {
        return assertThrows(ResolveEndpointFailedException.class,
                () -> camel.getEndpoint("aws2-ddbstream:" + table + "?" + options)).getMessage();
    }

    @Test
    void anOptionOutOfRangeIsRefusedWithItsRange() {
        context();
        Exception problem = assertThrows(ResolveEndpointFailedException.class,
                () -> camel.getEndpoint("aws2-ddbstream:" + table + "?maxResultsPerRequest=1001"));
        assertTrue(problem.getMessage().contains("maxResultsPerRequest is 1001, but must be 1 to 1000"), problem.getMessage());
    }

    @Test
    void aBatchMustFitIntoTheWindow() {
        context();
        assertTrue(refusal("exchangeMode=BATCH&batchSize=257").contains("aws2-ddbstream:" + table
                + ": batchSize is 257, but no more than maxInFlight records of a shard, 256, are in flight"));
        assertTrue(refusal("batchSize=10001").contains("batchSize is 10001, but must be 1 to 10000"));
        assertTrue(refusal("batchWindow=5m1s").contains("batchWindow is 301000, but must be 0 to 300000"));
        assertTrue(refusal("batchWindow=1s").contains("batchWindow needs exchangeMode=BATCH"));
        camel.getEndpoint("aws2-ddbstream:" + table + "?exchangeMode=batch&batchSize=256&batchWindow=1s");
    }

    @Test
    void aRecordCannotBeGivenUpIntoNothing() {
        context();
        assertTrue(refusal("maxAttempts=3").contains("aws2-ddbstream:" + table + ": maxAttempts needs deadLetterUri"));
        assertTrue(refusal("maxRecordAge=1h").contains("maxRecordAge needs deadLetterUri"));
        assertTrue(refusal("maxAttempts=-1&deadLetterUri=mock:dead").contains("maxAttempts is -1, but must be at least 0"));
        DdbStreamEndpoint endpoint = camel.getEndpoint("aws2-ddbstream:" + table
                + "?maxAttempts=3&maxRecordAge=1h&deadLetterUri=mock:dead", DdbStreamEndpoint.class);
        assertEquals(3_600_000, endpoint.getConfiguration().getMaxRecordAge());
    }

    @Test
    void anEndpointThatCannotBeReachedIsTriedAgainAndTheRouteStarts() throws Exception {
        camel = new DefaultCamelContext();
        camel.addRoutes(javaRoute("&region=eu-west-1&accessKey=a&secretKey=b&overrideEndpoint=true"
                + "&uriEndpointOverride=http://localhost:1", deliveries));
        camel.start();
        HealthCheck.Result health = ((HealthCheckAware) camel.getRoute("orders").getConsumer()).getHealthCheck().call();
        assertEquals(HealthCheck.State.DOWN, health.getState());
        assertTrue(health.getMessage().orElseThrow().contains("finding the stream and its shards"), health.toString());
    }

    @Test
    void twoRoutesWithTheSameApplicationNameOnOneTableAreRefused() throws Exception {
        tables.createTable(table, true);
        start(javaRoute("&applicationName=shared", deliveries));
        Exception problem = assertThrows(Exception.class, () -> camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("aws2-ddbstream:" + table + "?applicationName=shared&checkpointDirectory=" + checkpoints)
                        .routeId("second").process(deliveries);
            }
        }));
        assertTrue(problem.toString().contains("in use by another route of this process"), problem.toString());
    }

    @Test
    void anUnknownTableFailsTheStartWithOneClearMessage() {
        StreamUnavailableException problem = assertThrows(StreamUnavailableException.class,
                () -> start(javaRoute("", deliveries)), "unwrapped below");
        assertTrue(problem.getMessage().startsWith("Table '" + table + "' does not exist in "), problem.getMessage());
    }

    @Test
    void aTableWithoutAStreamFailsTheStartAndSaysHowToSwitchItOn() {
        tables.createTable(table, false);
        StreamUnavailableException problem = assertThrows(StreamUnavailableException.class,
                () -> start(javaRoute("", deliveries)));
        assertTrue(problem.getMessage().startsWith("The stream of table '" + table + "' in "), problem.getMessage());
        assertTrue(problem.getMessage().contains("aws dynamodb update-table --table-name " + table), problem.getMessage());
    }

    @Test
    void aMisspeltOptionFailsTheStart() {
        Exception problem = assertThrows(Exception.class, () -> start(javaRoute("&maxInFlite=3", deliveries)));
        assertTrue(problem.toString().contains("maxInFlite"), problem.toString());
    }
}
