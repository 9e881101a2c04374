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
        if (event instanceof ExchangeFailureHandledEvent handled && handled.isDeadLetterChannel()) {
            count.incrementAndGet();
        }
    }

    long count() {
        return count.get();
    }
}
