package io.distributary.coalesce;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.distributary.LogLines;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TargetHealthTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Outcome THROTTLED = new Outcome.Retryable("throttled", null);

    private Instant now = START;
    private final TargetHealth health = new TargetHealth(() -> now);

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("nothing failed", null, Duration.ZERO, false),
                Arguments.of("a hiccup", failing(0), Duration.ofSeconds(4), false),
                Arguments.of("no answer for as long as a hiccup may last", failing(4), Duration.ofSeconds(5), true),
                Arguments.of("still tried", failing(600), Duration.ofSeconds(610), true),
                Arguments.of("not tried for two minutes", failing(600), Duration.ofSeconds(720), true),
                Arguments.of("not tried for longer", failing(600), Duration.ofSeconds(721), false));
    }

    private static TargetHealth.Failing failing(int lastAfter) {
        return new TargetHealth.Failing(START, START.plusSeconds(lastAfter), "no route to host");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aTargetIsDownWhileItsAnswersSaySo(String name, TargetHealth.Failing failing, Duration after, boolean down) {
        assertEquals(down ? Optional.of("nothing accepted since 2026-11-21T12:00:00Z: no route to host") : Optional.empty(),
                TargetHealth.problem(failing, START.plus(after)));
    }

    @Test
    void whatIsAcceptedOrRefusedForGoodIsAnAnswer() {
        for (Outcome answer : List.of(Outcome.ACCEPTED, new Outcome.Refused("mapping", null))) {
            health.answered(THROTTLED);
            now = now.plusSeconds(6);
            assertTrue(health.problem().isPresent());
            health.answered(answer);
            assertEquals(Optional.empty(), health.problem());
        }
    }

    @Test
    void theLogTellsOnceThatATargetIsDownAndOnceThatItIsNot() {
        try (LogLines log = LogLines.of(TargetHealth.class.getName())) {
            health.answered(THROTTLED);
            now = now.plusSeconds(6);
            health.answered(THROTTLED);
            assertEquals(List.of(), log.lines());
            health.tellAs("aws2-sqs:orders");
            health.answered(THROTTLED);
            health.answered(THROTTLED);
            health.answered(Outcome.ACCEPTED);
            health.answered(Outcome.ACCEPTED);
            health.answered(THROTTLED);
            health.answered(Outcome.ACCEPTED);
            assertEquals(List.of("WARN aws2-sqs:orders: nothing accepted since 2026-11-21T12:00:00Z: throttled; entries are sent again until their"
                    + " exchanges fail", "INFO aws2-sqs:orders accepts entries again"), log.lines());
        }
    }

    @Test
    void theLogHasWhatWhoeverAsksIsTold() {
        try (LogLines log = LogLines.of(TargetHealth.class.getName())) {
            health.tellAs("aws2-sqs:orders");
            health.answered(THROTTLED);
            now = now.plusSeconds(6);
            assertTrue(health.problem().isPresent());
            assertTrue(health.failing().isPresent());
            assertEquals(1, log.lines().size(), log.lines()::toString);
        }
    }

    @Test
    void aFailureAfterALongSilenceIsANewOne() {
        health.answered(THROTTLED);
        now = now.plusSeconds(121);
        health.answered(THROTTLED);
        assertEquals(Optional.empty(), health.problem());
    }

    @Test
    void eachProducerHasACheckForReadinessOnly() {
        CamelContext context = new DefaultCamelContext();
        TargetHealthCheck one = TargetHealthCheck.register(endpoint(context), "aws2-sqs:orders", health);
        TargetHealthCheck two = TargetHealthCheck.register(endpoint(context), "aws2-sqs:orders", new TargetHealth());
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        assertEquals(List.of("target:aws2-sqs:orders", "target:aws2-sqs:orders#2"),
                checks.getCheckIDs().stream().filter(id -> id.startsWith("target:")).sorted().toList());
        health.answered(THROTTLED);
        now = now.plusSeconds(6);
        HealthCheck.Result result = one.call();
        assertEquals(HealthCheck.State.DOWN, result.getState());
        assertEquals("aws2-sqs:orders: nothing accepted since 2026-11-21T12:00:00Z: throttled", result.getMessage().orElseThrow());
        assertEquals(HealthCheck.State.UP, two.call().getState());
        assertTrue(HealthCheckHelper.invokeLiveness(context).stream().noneMatch(each -> each.getCheck().getId().startsWith("target:")));
        one.close();
        two.close();
        assertTrue(checks.getCheckIDs().stream().noneMatch(id -> id.startsWith("target:")));
    }

    private static Endpoint endpoint(CamelContext context) {
        return context.getEndpoint("mock:target");
    }
}
