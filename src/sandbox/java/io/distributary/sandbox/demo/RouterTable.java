package io.distributary.sandbox.demo;

import java.util.EnumSet;
import java.util.Set;

/**
 * What routes/orders-fanout.camel.yaml should do with a change, said a second time and independently, so that the demo
 * and the tests can tell when the route does something else.
 */
final class RouterTable {
    /** The places a change can go to. */
    enum Target {
        SNS, SQS, NATS, OPENSEARCH
    }

    private RouterTable() {
    }

    static Set<Target> targets(String eventName, String partitionKey) {
        if (partitionKey.startsWith("ORDER#")) {
            return eventName.equals("REMOVE")
                    ? EnumSet.complementOf(EnumSet.of(Target.SNS)) : EnumSet.allOf(Target.class);
        }
        if (partitionKey.startsWith("CUSTOMER#")) {
            return EnumSet.of(Target.NATS, Target.OPENSEARCH);
        }
        if (partitionKey.startsWith("PRODUCT#")) {
            return EnumSet.of(Target.SQS, Target.NATS, Target.OPENSEARCH);
        }
        return EnumSet.noneOf(Target.class);
    }
}
