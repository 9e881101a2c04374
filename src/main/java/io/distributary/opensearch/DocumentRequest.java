package io.distributary.opensearch;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.event.EventName;
import io.distributary.event.ItemKey;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.opensearch.OpensearchConstants;
import org.apache.camel.component.opensearch.OpensearchOperation;

/**
 * Makes of a change what the {@code opensearch:} endpoint after it does to the item's document: index the new image, or
 * delete. Thread-safe.
 */
public final class DocumentRequest implements Processor {
    /**
     * @throws io.distributary.event.EventConversionException where the change has no key or no new image
     */
    @Override
    public void process(Exchange exchange) {
        ChangeEvent event = exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class);
        if (event == null) {
            throw new IllegalArgumentException("The exchange carries no change of a DynamoDB table: the OpenSearch sink belongs in"
                    + " a route from aws2-ddbstream");
        }
        Message message = exchange.getMessage();
        if (event.eventName() == EventName.REMOVE) {
            message.setHeader(OpensearchConstants.PARAM_OPERATION, OpensearchOperation.Delete);
            message.setBody(ItemKey.documentId(event.requireItemKey()));
        } else {
            message.setHeader(OpensearchConstants.PARAM_OPERATION, OpensearchOperation.Index);
            message.setBody(new Document(EventFormat.NATIVE_JSON.toJson(event)));
            message.setHeader(OpensearchConstants.PARAM_INDEX_ID, ItemKey.documentId(event.requireItemKey()));
        }
    }

    /** JSON that is sent as it is: from a String Camel would parse it, and round numbers to double. */
    record Document(@JsonValue @JsonRawValue String json) {
        /** What a log or a mock shows. */
        @Override
        public String toString() {
            return json;
        }
    }
}
