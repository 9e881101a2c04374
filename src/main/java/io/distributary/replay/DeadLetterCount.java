package io.distributary.replay;

import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandledEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Counts what dead letter channels have stored, in all routes of a context. Thread-safe. */
public final class DeadLetterCount extends EventNotifierSupport {
    private final AtomicLong count = new AtomicLong();

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeFailureHandledEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        // Camel also calls it handled where the dead letter channel itself failed, as it does with a batch that is to be split
        if (event instanceof ExchangeFailureHandledEvent handled && handled.isDeadLetterChannel()
                && handled.getExchange().getException() == null) {
            count.incrementAndGet();
        }
    }

    long count() {
        return count.get();
    }
}
