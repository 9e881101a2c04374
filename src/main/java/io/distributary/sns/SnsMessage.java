package io.distributary.sns;

import io.distributary.coalesce.Part;
import org.apache.camel.component.aws2.sns.Sns2Constants;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/**
 * One message of an exchange.
 *
 * @param topicArn where it goes
 * @param entry    without the id that it has in its request
 */
record SnsMessage(Part part, String topicArn, PublishBatchRequestEntry entry) {

    /** Tells the exchange what the stock producer tells; one with a batch has no place for it. */
    void accepted(String messageId) {
        if (part.alone()) {
            part.exchange().getMessage().setHeader(Sns2Constants.MESSAGE_ID, messageId);
        }
    }
}
