package io.distributary.feed;

import org.apache.camel.AsyncProducer;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.service.ServiceHelper;

/** Stands in an endpoint's place: its consumers get nothing but what we feed them, its producers are those of {@link Senders}. */
public final class FedEndpoint extends DefaultEndpoint {
    private final Endpoint original;
    private final Senders senders;

    FedEndpoint(Endpoint original, Senders senders) {
        this.original = original;
        this.senders = senders;
        setCamelContext(original.getCamelContext());
        setExchangePattern(original.getExchangePattern());
    }

    /** The original has its options and its component; this has none of its own. */
    @Override
    protected void doInit() {
        // nothing
    }

    /** In whose place it stands. */
    public Endpoint original() {
        return original;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor);
    }

    @Override
    public Producer createProducer() throws Exception {
        return createAsyncProducer();
    }

    @Override
    public AsyncProducer createAsyncProducer() throws Exception {
        return senders.producer(original, this);
    }

    @Override
    public PollingConsumer createPollingConsumer() throws Exception {
        if (senders != Senders.REAL) {
            throw new UnsupportedOperationException("a dry run takes nothing from " + original + ": poll and pollEnrich cannot be shown");
        }
        ServiceHelper.startService(original);
        return original.createPollingConsumer();
    }

    @Override
    public void configureExchange(Exchange exchange) {
        original.configureExchange(exchange);
    }

    @Override
    protected String createEndpointUri() {
        return original.getEndpointUri();
    }

    @Override
    public String getEndpointKey() {
        return original.getEndpointKey();
    }

    @Override
    public boolean isLenientProperties() {
        return true; // the original has checked its own
    }

    @Override
    public boolean isSingletonProducer() {
        return original.isSingletonProducer();
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(original);
        super.doStop();
    }
}
