package io.distributary.opensearch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.hc.core5.http.HttpHost;
import org.opensearch.client.Node;
import org.opensearch.client.RestClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, once for each change, which node cannot be reached and when it answers again. Thread-safe. */
final class NodeHealth extends RestClient.FailureListener {
    private static final Logger LOG = LoggerFactory.getLogger(NodeHealth.class);
    private static final int SERVER_ERROR = 500;

    private final Set<String> down = ConcurrentHashMap.newKeySet();

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
