package io.distributary.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.node.NodeValidationException;
import org.opensearch.transport.Netty4Plugin;

/** One OpenSearch node in this JVM, without security. */
public final class OpenSearchServer implements EmbeddedServer {
    // Held, so that the level is not lost with the logger. On newer JVMs Lucene tells which of their features it uses.
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    private final Path folder;
    private final Map<String, String> more;
    private SingleNode node;
    /** 0 until the first start: any free one. */
    private int port;

    private OpenSearchServer(Path folder, Map<String, String> more) {
        this.folder = folder;
        this.more = more;
    }

    /**
     * @param folder for its data; must exist
     * @param more   settings of {@code opensearch.yml} on top of the sandbox's
     */
    public static OpenSearchServer start(Path folder, Map<String, String> more) {
        var server = new OpenSearchServer(folder, more);
        server.start();
        return server;
    }

    /** A node on the same folder and port. */
    @Override
    public synchronized void start() {
        if (node != null) {
            return;
        }
        LUCENE.setLevel(Level.SEVERE);
        // Netty takes this count once per JVM; OpenSearch must not set it after another server has.
        System.setProperty("opensearch.set.netty.runtime.available.processors", "false");
        var settings = Settings.builder()
                .put("cluster.name", "sandbox")
                .put("node.name", "sandbox")
                .put("path.home", folder.toString())
                .put("network.host", LOOPBACK)
                .put("http.port", Integer.toString(port))
                .put("transport.port", "0")
                .put("http.type", Netty4Plugin.NETTY_HTTP_TRANSPORT_NAME)
                .put("transport.type", Netty4Plugin.NETTY_TRANSPORT_NAME)
                .put("discovery.type", "single-node")
                // A developer's disk is often fuller than the watermark at which OpenSearch stops to write.
                .put("cluster.routing.allocation.disk.threshold_enabled", false);
        more.forEach(settings::put);
        var starting = new SingleNode(settings.build());
        try {
            starting.start();
        } catch (NodeValidationException e) {
            throw new SandboxException("OpenSearch did not start: " + e.getMessage(), e);
        }
        node = starting;
        port = node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().getPort();
    }

    @Override
    public URI endpoint() {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public synchronized void stop() {
        if (node == null) {
            return;
        }
        var stopping = node;
        node = null;
        try {
            stopping.close();
            if (!stopping.awaitClose(30, TimeUnit.SECONDS)) {
                throw new SandboxException("OpenSearch did not stop within 30 s");
            }
        } catch (IOException e) {
            throw new SandboxException("OpenSearch did not stop: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while OpenSearch stopped", e);
        }
    }

    /** Gives access to the constructor that takes plugins. */
    private static final class SingleNode extends Node {
        SingleNode(Settings settings) {
            super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "sandbox"),
                    List.of(Netty4Plugin.class), true);
        }
    }
}
