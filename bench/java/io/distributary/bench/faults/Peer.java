package io.distributary.bench.faults;

import io.distributary.sandbox.Service;

/**
 * What the application is connected to. Each has a proxy of its own in front of it.
 */
enum Peer {
    DYNAMODB(Service.DYNAMODB, "consumer:"),
    SQS(Service.SQS, "target:aws2-sqs"),
    SNS(Service.SNS, "target:aws2-sns"),
    NATS(Service.NATS, "target:nats"),
    OPENSEARCH(Service.OPENSEARCH, "target:opensearch");

    private final Service service;
    private final String check;

    Peer(Service service, String check) {
        this.service = service;
        this.check = check;
    }

    Service service() {
        return service;
    }

    /** What the name of the health check begins with that is down while the peer is. */
    String check() {
        return check;
    }
}
