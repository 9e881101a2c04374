package io.distributary.opensearch;

import java.util.concurrent.ExecutorService;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Continues the route on threads of its own: stock goes on with the HTTP client's only I/O thread, so that a blocking
 * step after it (a dead letter to SQS) would hold up every request to OpenSearch.
 */
final class HandoffProducer extends DefaultAsyncProducer {
    private final AsyncProducer producer;
    private ExecutorService workers;

    HandoffProducer(Endpoint endpoint, AsyncProducer producer) {
        super(endpoint);
        this.producer = producer;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return producer.process(exchange, doneSync -> {
            if (doneSync) {
                callback.done(true);
            } else {
                workers.execute(() -> callback.done(false));
            }
        });
    }

    @Override
    protected void doStart() throws Exception {
        workers = getEndpoint().getCamelContext().getExecutorServiceManager().newDefaultThreadPool(this, "OpenSearchAnswer");
        ServiceHelper.startService(producer);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        ServiceHelper.stopService(producer);
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdown(workers);
    }
}
