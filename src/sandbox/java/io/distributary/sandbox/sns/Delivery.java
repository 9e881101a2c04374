package io.distributary.sandbox.sns;

/** How a published message gets to one subscriber. */
interface Delivery {
    /** @param deduplicationId of a FIFO topic, as given or made from the body; null otherwise */
    void deliver(Topic topic, Subscription subscription, Message message, Published published, String deduplicationId);
}
