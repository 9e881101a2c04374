package io.distributary.sandbox.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One client's connection: in each direction one thread reads, one delays and writes. */
final class ProxiedConnection {
    private static final int BUFFER = 64 * 1024;
    private static final byte[] END = {};

    private final Socket client;
    private final Socket server;
    private final FaultProxy faults;
    private final AtomicInteger open = new AtomicInteger(2);
    private Consumer<ProxiedConnection> onEnd;
    /** Nothing goes through any more. */
    private volatile boolean lost;
    /** Null while no loss is wanted. */
    private Long untilCut;

    private record Chunk(byte[] bytes, long due) {
    }

    ProxiedConnection(Socket client, Socket server, FaultProxy faults) {
        this.client = client;
        this.server = server;
        this.faults = faults;
    }

    void start(Consumer<ProxiedConnection> whenEnded) {
        onEnd = whenEnded;
        pump(client, server, true, faults::swallowsRequests);
        pump(server, client, false, faults::swallowsAnswers);
    }

    /** Both ends see a connection reset. */
    void reset() {
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.setSoLinger(true, 0);
            } catch (SocketException e) {
                continue; // closed already
            } finally {
                FaultProxy.close(socket);
            }
        }
    }

    private void pump(Socket from, Socket to, boolean requests, BooleanSupplier swallows) {
        LinkedBlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>(1024);
        String name = (requests ? "FaultProxy-requests-" : "FaultProxy-answers-") + from.getPort();
        FaultProxy.start(name + "-in", () -> read(from, chunks, requests));
        FaultProxy.start(name + "-out", () -> write(to, chunks, requests, swallows));
    }

    private void read(Socket from, LinkedBlockingQueue<Chunk> chunks, boolean requests) {
        try {
            try {
                InputStream in = from.getInputStream();
                byte[] buffer = new byte[BUFFER];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    byte[] bytes = Arrays.copyOf(buffer, n);
                    if (requests && faults.resets(bytes)) {
                        reset();
                        break;
                    }
                    chunks.put(new Chunk(bytes, System.nanoTime() + faults.delayNanos()));
                }
            } catch (IOException e) {
                if (requests || !lost) {
                    reset(); // one end is gone: so is the other
                }
            } finally {
                chunks.put(new Chunk(END, System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void parkUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** True for the piece with which it has carried all that the fault lets through. */
    private synchronized boolean isCut(int bytes) {
        LongSupplier most = faults.cutAfter();
        if (most == null) {
            untilCut = null;
            return false;
        }
        untilCut = (untilCut == null ? most.getAsLong() : untilCut) - bytes;
        if (untilCut >= 0) {
            return false;
        }
        faults.cut();
        return true;
    }

    private void write(Socket to, LinkedBlockingQueue<Chunk> chunks, boolean requests, BooleanSupplier swallows) {
        try {
            OutputStream out = to.getOutputStream();
            for (Chunk chunk = chunks.take(); chunk.bytes() != END; chunk = chunks.take()) {
                parkUntil(chunk.due());
                parkUntil(System.nanoTime() + faults.transferNanos(chunk.bytes().length));
                if (isCut(chunk.bytes().length)) {
                    reset();
                    return;
                }
                lost |= faults.isHalfOpen();
                if (lost || swallows.getAsBoolean()) {
                    faults.swallow(chunk.bytes().length);
                } else {
                    out.write(chunk.bytes());
                }
            }
            if (!lost) {
                to.shutdownOutput();
            } else if (requests) {
                reset(); // the client has given it up; that the server has, the client does not hear
            }
        } catch (IOException e) {
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (open.decrementAndGet() == 0) {
                reset();
                onEnd.accept(this);
            }
        }
    }
}
