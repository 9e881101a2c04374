package io.distributary.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Three nats-servers that are one JetStream cluster, each a process that can be killed and started again. */
public final class NatsCluster implements AutoCloseable {
    public static final int SERVERS = 3;

    private final Map<String, NatsProcess> servers = new LinkedHashMap<>();

    private NatsCluster(Path folder) {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            ports.add(NatsProcess.freePort());
        }
        String routes = String.join(",", ports.stream().map(NatsCluster::route).toList());
        for (int i = 0; i < SERVERS; i++) {
            String name = "n" + i;
            Path own = folder.resolve(name);
            try {
                Files.createDirectories(own);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            servers.put(name, NatsProcess.in(own, "--name", name, "--jetstream", "--store_dir", own.toString(),
                    "--cluster_name", "c", "--cluster", route(ports.get(i)), "--routes", routes));
        }
    }

    private static String route(int port) {
        return "nats://127.0.0.1:" + port;
    }

    /** Prepared, not yet started. */
    public static NatsCluster in(Path folder) {
        return new NatsCluster(folder);
    }

    /** Starts all and waits until they greet; the cluster elects its leader after that. */
    public NatsCluster start() {
        servers.values().forEach(NatsProcess::start);
        return this;
    }

    /** Of all servers. */
    public List<String> urls() {
        return servers.values().stream().map(NatsProcess::url).toList();
    }

    /** Of the server at this address, as {@code ClusterInfo} names it. */
    public String name(String url) {
        return servers.entrySet().stream().filter(server -> url.endsWith(":" + server.getValue().port())).findFirst().orElseThrow()
                .getKey();
    }

    /** @param name as {@code ClusterInfo} gives it */
    public void kill(String name) {
        servers.get(name).kill();
    }

    /** Starts one again that was killed. */
    public void start(String name) {
        servers.get(name).start();
    }

    public boolean isRunning(String name) {
        return servers.get(name).isRunning();
    }

    @Override
    public void close() {
        servers.values().forEach(NatsProcess::close);
    }
}
