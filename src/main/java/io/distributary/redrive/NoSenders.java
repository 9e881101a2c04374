package io.distributary.redrive;

import io.distributary.feed.Senders;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Sends nothing: every endpoint that reaches out of the process accepts everything. */
public final class NoSenders implements Senders {
    @Override
    public AsyncProducer producer(Endpoint endpoint, Endpoint behind) {
        return new DefaultAsyncProducer(behind) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                callback.done(true);
                return true;
            }
        };
    }
}
