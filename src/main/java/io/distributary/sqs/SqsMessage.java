package io.distributary.sqs;

import io.distributary.coalesce.Part;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/**
 * One message of an exchange.
 *
 * @param entry without the id that it has in its request
 */
record SqsMessage(Part part, SendMessageBatchRequestEntry entry) {

    /** Tells the exchange what the stock producer tells; one with a batch has no place for it. */
    void accepted(SendMessageBatchResultEntry result) {
        if (part.alone()) {
            part.exchange().getMessage().setHeader(Sqs2Constants.MESSAGE_ID, result.messageId());
            part.exchange().getMessage().setHeader(Sqs2Constants.MD5_OF_BODY, result.md5OfMessageBody());
        }
    }
}
