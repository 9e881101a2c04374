package io.distributary.feed;

import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointStrategy;

/**
 * A context whose routes are fed by us: endpoints that reach out of the process are put behind {@link FedEndpoint}, so that
 * no source consumes, and are not started before one of their producers is.
 */
public final class FedContext extends DefaultCamelContext {
    /** @param senders makes the producers of endpoints that reach out of the process */
    public FedContext(Senders senders) {
        super(false);
        EndpointStrategy behind = (uri, endpoint) -> endpoint instanceof FedEndpoint || LocalSchemes.joinsRoutes(endpoint)
                ? endpoint : new FedEndpoint(endpoint, LocalSchemes.sendsNothing(endpoint) ? Senders.REAL : senders);
        getCamelContextExtension().registerEndpointCallback(behind);
    }

    /** Camel starts an endpoint before anything can be put in its place; a start can already connect. */
    @Override
    public void addService(Object object) throws Exception {
        if (mayStart(object)) {
            super.addService(object);
        } else {
            setContext(object);
        }
    }

    @Override
    public void addPrototypeService(Object object) {
        if (mayStart(object)) {
            super.addPrototypeService(object);
        } else {
            setContext(object);
        }
    }

    private void setContext(Object endpoint) {
        ((Endpoint) endpoint).setCamelContext(this);
    }

    private static boolean mayStart(Object object) {
        return !(object instanceof Endpoint endpoint) || endpoint instanceof FedEndpoint || LocalSchemes.joinsRoutes(endpoint);
    }
}
