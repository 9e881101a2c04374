package io.distributary.opensearch3;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/** One OpenSearch 3 node on loopback, without security, until the process ends. Its data is gone with the temporary folder. */
public final class OpenSearch3 extends Node {
    private static final String LOOPBACK = "127.0.0.1";

    private OpenSearch3(Settings settings) {
        super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "opensearch3"),
                List.of(new PluginInfo("transport-netty4", "HTTP and transport", Version.CURRENT.toString(), Version.CURRENT, "21",
                        Netty4ModulePlugin.class.getName(), null, List.of(), false)), true);
    }

    /** @param args the HTTP port, 0 for any; it says the address on standard output */
    public static void main(String[] args) throws Exception {
        System.setProperty("opensearch.set.netty.runtime.available.processors", "false");
        Path folder = Files.createTempDirectory("opensearch3-");
        OpenSearch3 node = new OpenSearch3(Settings.builder()
                .put("cluster.name", "opensearch3")
                .put("node.name", "opensearch3")
                .put("path.home", folder.toString())
                .put("network.host", LOOPBACK)
                .put("http.port", args[0])
                .put("transport.port", "0")
                .put("http.type", "netty4")
                .put("transport.type", "netty4")
                .put("discovery.type", "single-node")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build());
        node.start();
        System.out.println("http://" + LOOPBACK + ":"
                + node.injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().getPort());
        Thread.currentThread().join();
    }
}
