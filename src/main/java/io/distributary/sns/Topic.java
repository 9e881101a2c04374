package io.distributary.sns;

import io.distributary.coalesce.Coalescer;

/** A topic that is published to, with its coalescer. The count of its messages under way is guarded by {@link TopicTargets}. */
final class Topic {
    private final String arn;
    private final Coalescer<SnsMessage> coalescer;
    int underWay;

    Topic(String arn, Coalescer<SnsMessage> coalescer) {
        this.arn = arn;
        this.coalescer = coalescer;
    }

    /** The last part of the ARN. */
    static String nameOf(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    String arn() {
        return arn;
    }

    Coalescer<SnsMessage> coalescer() {
        return coalescer;
    }

    static boolean isFifo(String arn) {
        return arn.endsWith(".fifo");
    }
}
