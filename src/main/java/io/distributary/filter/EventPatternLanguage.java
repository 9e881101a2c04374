package io.distributary.filter;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.spi.annotations.Language;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.LanguageSupport;

/**
 * Camel's language {@code event-pattern}: whether the exchange's change matches an {@link EventPattern}, inline or from
 * {@code resource:}. The change is the body, or the exchange property that keeps it beside a transformed body. Compiled
 * once, when the route is made.
 */
@Language("event-pattern")
public final class EventPatternLanguage extends LanguageSupport {
    @Override
    public Predicate createPredicate(String expression) {
        return new Match(EventPattern.compile(loadResource(expression)));
    }

    @Override
    public Expression createExpression(String expression) {
        return new Match(EventPattern.compile(loadResource(expression)));
    }

    private static final class Match extends ExpressionAdapter implements Predicate {
        private final EventPattern pattern;

        Match(EventPattern pattern) {
            this.pattern = pattern;
        }

        @Override
        public boolean matches(Exchange exchange) {
            return pattern.matches(change(exchange));
        }

        @Override
        public Object evaluate(Exchange exchange) {
            return matches(exchange);
        }

        @Override
        public String toString() {
            return "event-pattern: " + pattern;
        }

        private static ChangeEvent change(Exchange exchange) {
            Object body = exchange.getMessage().getBody();
            if (body instanceof ChangeEvent event) {
                return event;
            }
            if (body instanceof List<?> && exchange.getProperty(ChangeEventBatch.EXCHANGE_PROPERTY) == body) {
                throw new IllegalArgumentException("event-pattern judges one change, and this exchange has a batch of "
                        + ChangeEventBatch.size(exchange) + ": put the step inside a split of ${body}, or leave exchangeMode=RECORD");
            }
            if (exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY) instanceof ChangeEvent event) {
                return event;
            }
            throw new IllegalArgumentException("event-pattern needs a ChangeEvent as body, or as exchange property "
                    + ChangeEvent.EXCHANGE_PROPERTY + "; the body is " + (body == null ? "null" : body.getClass().getName())
                    + ". Use it in a route that starts from aws2-ddbstream.");
        }
    }
}
