package io.distributary.feed;

import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.service.ServiceHelper;

/** Makes the producers of endpoints that reach out of the process. */
@FunctionalInterface
public interface Senders {
    /** The endpoint's own, which starts it. */
    Senders REAL = (endpoint, behind) -> {
        ServiceHelper.startService(endpoint);
        return endpoint.createAsyncProducer();
    };

    /**
     * @param endpoint not started
     * @param behind   what stands in its place in the routes
     */
    AsyncProducer producer(Endpoint endpoint, Endpoint behind) throws Exception;
}
