package io.distributary.filter;

import io.distributary.event.ChangeEvent;
import io.distributary.event.ChangeEventBatch;
import io.distributary.event.ExchangeChanges;
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
        return new Match(compile(expression));
    }

    @Override
    public Expression createExpression(String expression) {
        return new Match(compile(expression));
    }

    EventPattern compile(String expression) {
        return EventPattern.compile(loadResource(expression));
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
            if (ExchangeChanges.batch(exchange) != null) {
                throw new IllegalArgumentException("event-pattern judges one change, and this exchange has a batch of "
                        + ChangeEventBatch.size(exchange) + ": put it inside a split of ${body}, or use the kamelet"
                        + " distributary-event-pattern-filter-action, which filters batches too");
            }
            return ExchangeChanges.require(exchange, "event-pattern");
        }
    }
}
