package io.distributary.feed;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** In the place of a real one: nothing may be sent. */
final class NoProducer extends DefaultAsyncProducer {
    NoProducer(Endpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        throw new UnsupportedOperationException("nothing may be sent to " + getEndpoint());
    }
}
