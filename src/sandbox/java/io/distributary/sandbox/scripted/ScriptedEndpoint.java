package io.distributary.sandbox.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An AWS endpoint that accepts every batch after a set latency, unless the script says otherwise; for what a real server
 * does not do when asked. Thread-safe.
 */
public abstract class ScriptedEndpoint implements AutoCloseable {
    private static final int THREADS = 64;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Queue<Fault> script = new ArrayDeque<>();
    private final List<Sent> stored = new ArrayList<>();
    private final List<List<Sent>> batches = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private volatile Function<List<Sent>, Fault> always = batch -> null;
    private volatile Fault.Refuse others;
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean recording = true;
    private final HttpServer server;

    /** A request as the protocol reads it: a batch, or another action with no entries. */
    protected record Call(String action, List<Sent> entries, String body) {
    }

    /** An answer. */
    protected record Answer(int status, String body) {
    }

    ScriptedEndpoint() {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else 40 ms for each answer
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1", e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    protected abstract Call read(Headers headers, String body);

    /** @param fault which of the entries fail, or null */
    protected abstract Answer accept(Call call, Fault.FailEntries fault);

    protected abstract Answer refuse(Fault.Refuse fault);

    /** Any call that is no batch. */
    protected abstract Answer other(Call call);

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://localhost:" + port();
    }

    /** What becomes of the next batches, one each. */
    public synchronized void next(Fault... faults) {
        script.addAll(List.of(faults));
    }

    /** What becomes of a batch where {@link #next} says nothing: null for nothing special. */
    public void always(Function<List<Sent>, Fault> rule) {
        always = rule;
    }

    /** What becomes of all calls that are no batches. */
    public void refuseOthers(Fault.Refuse refusal) {
        others = refusal;
    }

    /** From the arrival of a request to its answer. */
    public void latency(Duration each) {
        latency = each;
    }

    /** Keep nothing but the number of calls: for benchmarks. */
    public void countOnly() {
        recording = false;
    }

    /** The entries accepted so far. */
    public synchronized List<Sent> stored() {
        return List.copyOf(stored);
    }

    /** The batches that came in so far, whatever became of them. */
    public synchronized List<List<Sent>> batches() {
        return List.copyOf(batches);
    }

    /** The actions called so far. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Call call = read(exchange.getRequestHeaders(), new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Fault fault = take(call);
            for (long due = System.nanoTime() + latency.toNanos(); System.nanoTime() < due;) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            Answer answer = fault instanceof Fault.Refuse refused ? refuse(refused)
                    : call.entries().isEmpty() ? other(call)
                    : accept(call, fault instanceof Fault.FailEntries failing ? failing : null);
            store(call, fault);
            if (fault instanceof Fault.LoseAnswer || fault instanceof Fault.LoseRequest) {
                return; // closed without an answer
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Fault take(Call call) {
        calls.add(call.action());
        if (call.entries().isEmpty()) {
            return others;
        }
        if (recording) {
            batches.add(call.entries());
        }
        return script.isEmpty() ? always.apply(call.entries()) : script.poll();
    }

    private synchronized void store(Call call, Fault fault) {
        if (!recording || fault instanceof Fault.Refuse || fault instanceof Fault.LoseRequest) {
            return;
        }
        call.entries().stream().filter(entry -> !(fault instanceof Fault.FailEntries failing && failing.which().test(entry)))
                .forEach(stored::add);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
