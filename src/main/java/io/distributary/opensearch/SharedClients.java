package io.distributary.opensearch;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.component.opensearch.OpensearchConfiguration;
import org.apache.camel.util.IOHelper;
import org.opensearch.client.RestClient;
import org.opensearch.client.sniff.Sniffer;

/** One client for all producers of a context that talk to the same nodes in the same way; closed with the last. Thread-safe. */
final class SharedClients {
    private final NodeHealth health = new NodeHealth();
    private final Map<Nodes, Shared> open = new HashMap<>();

    NodeHealth health() {
        return health;
    }

    /** Makes the client where there is none yet; connects to nothing yet. */
    synchronized Lease lease(Nodes nodes) {
        Shared shared = open.computeIfAbsent(nodes, key -> new Shared(key, health));
        shared.leases++;
        AtomicBoolean given = new AtomicBoolean();
        return new Lease(shared.client, () -> {
            if (given.compareAndSet(false, true)) {
                giveBack(nodes, shared);
            }
        });
    }

    private void giveBack(Nodes nodes, Shared shared) {
        synchronized (this) {
            if (--shared.leases > 0) {
                return;
            }
            open.remove(nodes);
        }
        IOHelper.close(shared.sniffer, shared.client);
    }

    /** Not to be closed on a thread of the client, which would wait for itself. */
    record Lease(RestClient client, Runnable giveBack) implements AutoCloseable {
        /** A client that somebody else closes. */
        static Lease of(RestClient client) {
            return new Lease(client, () -> { });
        }

        @Override
        public void close() {
            giveBack.run();
        }
    }

    private static final class Shared {
        private final RestClient client;
        private final Sniffer sniffer;
        private int leases;

        Shared(Nodes nodes, NodeHealth health) {
            client = RestClients.create(nodes, health);
            OpensearchConfiguration options = nodes.options();
            sniffer = !options.isEnableSniffer() ? null : Sniffer.builder(client)
                    .setSniffIntervalMillis(options.getSnifferInterval())
                    .setSniffAfterFailureDelayMillis(options.getSniffAfterFailureDelay()).build();
        }
    }
}
