package io.distributary.sandbox.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A TCP proxy on the loopback interface between a client and one server, with faults: latency, jitter, a narrow line,
 * silence, resets, bytes and answers that are lost, a server that is gone. Faults take effect at once, on open connections too. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    private final InetSocketAddress server;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile ServerSocket listener;
    private volatile Duration latency = Duration.ZERO;
    private volatile Duration jitter = Duration.ZERO;
    private volatile long bytesPerSecond;
    private volatile LongSupplier cutAfter;
    private volatile boolean silent;
    private volatile boolean halfOpen;
    private volatile boolean answersLost;
    private volatile Predicate<byte[]> resetWhen;
    private final AtomicLong swallowed = new AtomicLong();
    private final AtomicInteger cuts = new AtomicInteger();

    /** Listens on a free port at once. */
    public FaultProxy(String host, int serverPort) {
        this.server = new InetSocketAddress(host, serverPort);
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        accept(listener);
    }

    /** Where clients connect, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Delays what goes each way by half of this: a round trip takes so much longer. Order is kept; throughput is not limited. */
    public void latency(Duration roundTrip) {
        latency = roundTrip;
    }

    /** Delays each piece that goes either way by a random time up to this, on top of the latency. Order is kept. */
    public void jitter(Duration atMost) {
        jitter = atMost;
    }

    /** What goes through each connection each way in a second, 0 for no limit. */
    public void bandwidth(long newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    /**
     * Loss: each connection, open or new, is reset after so many bytes more of both ways together, and what it still held is lost.
     *
     * @param bytes asked once for each connection; null for no loss
     */
    public void cutAfter(LongSupplier bytes) {
        cutAfter = bytes;
    }

    /** Connections that {@link #cutAfter} has reset so far. */
    public int cuts() {
        return cuts.get();
    }

    /** Bytes are swallowed both ways, connections stay open and new ones are accepted. What follows does not fit what was before. */
    public void silent(boolean on) {
        silent = on;
    }

    /**
     * Half-open: while it is on, each connection that has something to carry, open or new, loses its other end for good, and nobody
     * closes it. The client has to find out by itself.
     */
    public void halfOpen(boolean on) {
        halfOpen = on;
    }

    boolean isHalfOpen() {
        return halfOpen;
    }

    /** Requests reach the server, answers do not reach the client. */
    public void loseAnswers(boolean on) {
        answersLost = on;
    }

    /** Resets the connection, once, whose client sends bytes (one read's worth) that match; they do not reach the server. */
    public void resetOnce(Predicate<byte[]> match) {
        resetWhen = match;
    }

    /** Resets all open connections. */
    public void resetAll() {
        connections.forEach(ProxiedConnection::reset);
    }

    /** As if the server were gone: open connections are reset, new ones refused. */
    public void down() {
        ServerSocket closing = listener;
        listener = null;
        close(closing);
        resetAll();
    }

    /** Ends {@link #down}. */
    public void up() {
        if (listener == null) {
            listener = listen(port);
            accept(listener);
        }
    }

    /** Open connections of clients. */
    public int connections() {
        return connections.size();
    }

    /** Bytes that were swallowed so far, both ways. */
    public long swallowed() {
        return swallowed.get();
    }

    void swallow(int bytes) {
        swallowed.addAndGet(bytes);
    }

    @Override
    public void close() {
        down();
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + " of 127.0.0.1", e);
        }
    }

    private void accept(ServerSocket socket) {
        start("FaultProxy-accept-" + port, () -> {
            while (socket == listener) {
                try {
                    connect(socket.accept());
                } catch (IOException e) {
                    if (socket == listener && socket.isClosed()) {
                        return; // taken down
                    }
                }
            }
        });
    }

    private void connect(Socket client) throws IOException {
        Socket target = new Socket();
        try {
            target.connect(server);
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
        } catch (IOException e) {
            client.setSoLinger(true, 0);
            client.close();
            target.close();
            return;
        }
        ProxiedConnection connection = new ProxiedConnection(client, target, this);
        connections.add(connection);
        connection.start(connections::remove);
        if (listener == null) {
            connection.reset();
        }
    }

    /** How long a piece is held back. */
    long delayNanos() {
        long most = jitter.toNanos();
        return latency.dividedBy(2).toNanos() + (most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most));
    }

    /** How long so many bytes take on the line. */
    long transferNanos(int bytes) {
        long limit = bytesPerSecond;
        return limit == 0 ? 0 : bytes * 1_000_000_000L / limit;
    }

    LongSupplier cutAfter() {
        return cutAfter;
    }

    void cut() {
        cuts.incrementAndGet();
    }

    boolean swallowsRequests() {
        return silent;
    }

    boolean swallowsAnswers() {
        return silent || answersLost;
    }

    /** True, once, when the client's bytes are those that {@link #resetOnce} waits for. */
    synchronized boolean resets(byte[] bytes) {
        Predicate<byte[]> match = resetWhen;
        if (match == null || !match.test(bytes)) {
            return false;
        }
        resetWhen = null;
        return true;
    }

    static void start(String name, Runnable run) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        thread.start();
    }

    static void close(AutoCloseable closeable) {
        if (closeable != null) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("Cannot close " + closeable, e);
            }
        }
    }
}
