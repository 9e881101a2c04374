package io.distributary.bench.faults;

/** The four targets of the route. */
enum Target {
    SNS, SQS, NATS, OPENSEARCH;

    /** What the route sends it: a removed order is nothing to the topic. */
    boolean gets(Change change) {
        return this != SNS || !change.removed();
    }

    /** Whether a dead letter's target is this one. */
    boolean isStepOf(String deadLetterTarget) {
        return deadLetterTarget.startsWith("kamelet:distributary-" + switch (this) {
            case SNS -> "sns";
            case SQS -> "sqs";
            case NATS -> "jetstream";
            case OPENSEARCH -> "opensearch";
        } + "-sink");
    }
}
