package io.distributary.sandbox.sns;

/**
 * What SNS answers to a publish.
 *
 * @param sequenceNumber of FIFO topics; null otherwise
 */
record Published(String messageId, String sequenceNumber) {
}
