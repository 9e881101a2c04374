package io.distributary.ddbstream;

import java.util.Map;

import io.distributary.event.ChangeEvent;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultMessage;

/** Has a change's headers from when somebody first looks for one: a route that needs none does not pay for them. */
final class ChangeEventMessage extends DefaultMessage {
    private ChangeEvent event;

    ChangeEventMessage(CamelContext context, ChangeEvent event) {
        super(context);
        this.event = event;
        setBody(event);
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> headers) {
        if (event != null) {
            event.writeHeaders(headers);
        }
    }

    @Override
    protected boolean isPopulateHeadersSupported() {
        return true;
    }

    /** A pooled exchange keeps its message for the next record. */
    @Override
    public void reset() {
        event = null;
        super.reset();
    }
}
