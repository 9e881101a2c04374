package io.distributary.filter;

import io.distributary.event.ChangeEvent;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/** Passes the changes that match an {@link EventPattern}. */
public final class EventPatternFilter extends ChangeFilter implements CamelContextAware {
    private final EventPatternLanguage language = new EventPatternLanguage();
    private EventPattern pattern;

    @Override
    public boolean passes(ChangeEvent event) {
        return pattern.matches(event);
    }

    /**
     * @param pattern inline or {@code resource:}, as the language {@code event-pattern} takes it
     * @throws EventPatternException where it is no good
     */
    public void setPattern(String pattern) {
        this.pattern = language.compile(pattern);
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        language.setCamelContext(camelContext);
    }

    @Override
    public CamelContext getCamelContext() {
        return language.getCamelContext();
    }
}
