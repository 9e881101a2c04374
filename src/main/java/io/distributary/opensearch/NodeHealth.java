package io.distributary.opensearch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.hc.core5.http.HttpHost;
import org.opensearch.client.Node;
import org.opensearch.client.Request;
import org.opensearch.client.Response;
import org.opensearch.client.ResponseListener;
import org.opensearch.client.RestClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, once for each change, which node cannot be reached and when it answers again. Thread-safe. */
final class NodeHealth extends RestClient.FailureListener {
    private static final Logger LOG = LoggerFactory.getLogger(NodeHealth.class);
    private static final int SERVER_ERROR = 500;

    private final Set<String> down = ConcurrentHashMap.newKeySet();

    /** Sends one request, so that a wrong address is known at the start and not at the first record. Gives the client back. */
    void ask(SharedClients.Lease lease) {
        lease.client().performRequestAsync(new Request("HEAD", "/"), new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                close();
            }

            @Override
            public void onFailure(Exception refusedOrUnreachable) {
                // Unreachable has been told by the failure listener; a refusal is the first record's to tell.
                LOG.debug("OpenSearch did not answer HEAD / with success", refusedOrUnreachable);
                close();
            }

            /** On a thread of its own: the client's own would wait for itself. */
            private void close() {
                Thread closer = new Thread(lease::close, "OpenSearchAsked");
                closer.setDaemon(true);
                closer.start();
            }
        });
    }

    @Override
    public void onFailure(Node node) {
        String url = node.getHost().toURI();
        if (down.add(url)) {
            LOG.warn("OpenSearch node {} is unreachable or cannot serve; what is sent to it fails until it can", url);
        }
    }

    void onResponse(HttpHost node, int status) {
        if (status < SERVER_ERROR && !down.isEmpty() && down.remove(node.toURI())) {
            LOG.info("OpenSearch node {} answers again", node.toURI());
        }
    }
}
