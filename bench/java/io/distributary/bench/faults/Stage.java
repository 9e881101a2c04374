package io.distributary.bench.faults;

import io.distributary.sandbox.EmbeddedServer;
import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.Service;
import java.nio.file.Path;

/**
 * The servers that all faults of a run share, in sandboxes of their own, as they are stopped and started.
 *
 * @param sandbox     DynamoDB, SQS, NATS and OpenSearch
 * @param subscribers SNS, and SQS for its subscribers alone
 * @param project     folder of the project, built
 * @param work        takes the applications' folders
 */
record Stage(Sandbox sandbox, Sandbox subscribers, Path project, Path work) implements AutoCloseable {

    static Stage set(Path project, Path work) {
        var sandbox = Sandbox.in(work);
        var subscribers = Sandbox.in(work);
        sandbox.start(Service.DYNAMODB, Service.SQS, Service.NATS, Service.OPENSEARCH);
        subscribers.start(Service.SNS);
        return new Stage(sandbox, subscribers, project, work);
    }

    EmbeddedServer server(Peer peer) {
        return (peer == Peer.SNS ? subscribers : sandbox).server(peer.service());
    }

    @Override
    public void close() {
        try (sandbox; subscribers) {
            // both, whatever becomes of one
        }
    }
}
