package io.distributary.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

final class FailureTrackerTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void attemptsAtOneTargetAreCountedFromTheFirst() {
        fail("kamelet:a", "aws2-sqs://a", 0);
        fail("kamelet:a", "aws2-sqs://a", 1);
        Failure failure = fail("kamelet:a", "aws2-sqs://a", 3);
        assertEquals(new Failure("kamelet:a", "aws2-sqs://a", null, 3, START, START.plusSeconds(3)), failure);
    }

    @Test
    void anotherTargetBeginsAtOne() {
        fail("kamelet:a", "aws2-sqs://a", 0);
        Failure failure = fail("kamelet:b", "nats://b", 1);
        assertEquals(new Failure("kamelet:b", "nats://b", null, 1, START.plusSeconds(1), START.plusSeconds(1)), failure);
    }

    @Test
    void laterFailureOutsideATargetIsNotLaidAtItsDoor() {
        fail("kamelet:a", "aws2-sqs://a", 0);
        assertNull(fail(null, "aws2-sqs://a", 1).target());
    }

    @Test
    void secretsOfAnEndpointAreNotKept() {
        Failure failure = fail("kamelet:a?secretKey=s3cret", "aws2-sqs://a?accessKey=s3cret&secretKey=s3cret", 0);
        assertFalse(failure.toString().contains("s3cret"), failure::toString);
    }

    private Failure fail(String target, String endpoint, int second) {
        exchange.setProperty(FailureTracker.TARGET, target);
        exchange.setProperty(ExchangePropertyKey.TO_ENDPOINT, endpoint);
        new FailureTracker(Clock.fixed(START.plusSeconds(second), ZoneOffset.UTC)).process(exchange);
        return exchange.getProperty(Failure.EXCHANGE_PROPERTY, Failure.class);
    }
}
