package io.distributary.sandbox.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.distributary.sandbox.EmbeddedServer;
import io.distributary.sandbox.SandboxException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small stand-in for Amazon S3, written for this project because the published ones do not fit on one class path with
 * DynamoDB Local. In memory; buckets are addressed by path.
 *
 * <p>It has: CreateBucket, HeadBucket, PutObject (whole or {@code aws-chunked}, with its SHA-256 and CRC-32 checked, in a
 * header or a trailer), GetObject, HeadObject, DeleteObject (also {@code If-Match}), ListObjectsV2 (prefix and pages, of 100
 * keys at the most, so that a caller meets more than one), and S3's error codes.
 *
 * <p>It lacks: all else, among it ranges and other conditions, multipart uploads, versions, encryption,
 * signatures and access control.
 */
public final class S3Server implements EmbeddedServer {
    private static final Logger LOG = LoggerFactory.getLogger(S3Server.class);
    private static final AtomicInteger THREADS = new AtomicInteger();

    static {
        // Read when the JDK's server is loaded. Without it every answer waits 40 ms for the client's delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "sandbox-s3-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private final Buckets buckets = new Buckets();
    private HttpServer http;
    /** 0 until the first start: any free one. */
    private int port;

    private S3Server() {
    }

    /** Starts it on a free loopback port. */
    public static S3Server create() {
        var server = new S3Server();
        server.start();
        return server;
    }

    @Override
    public synchronized void start() {
        if (http != null) {
            return;
        }
        try {
            http = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
        } catch (IOException e) {
            throw new SandboxException("Cannot listen on port " + port + " of " + LOOPBACK + ": " + e.getMessage(), e);
        }
        port = http.getAddress().getPort();
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    @Override
    public synchronized void stop() {
        if (http != null) {
            http.stop(0);
            http = null;
        }
    }

    @Override
    public URI endpoint() {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            try {
                answer(exchange, body);
            } catch (S3Error e) {
                send(exchange, e.status(), e.toXml().getBytes(StandardCharsets.UTF_8));
            } catch (RuntimeException e) {
                LOG.error("The S3 stand-in failed", e);
                send(exchange, 500, new S3Error(500, "InternalError", e.toString()).toXml().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        var path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
        var bucket = path[0];
        var key = path.length > 1 && !path[1].isEmpty() ? path[1] : null;
        if (exchange.getRequestURI().getRawQuery() != null) {
            var query = Listing.query(exchange.getRequestURI().getRawQuery());
            if (key != null || !exchange.getRequestMethod().equals("GET") || !"2".equals(query.get("list-type"))) {
                throw notImplemented(exchange);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            send(exchange, 200, Listing.of(bucket, buckets.bucket(bucket), query).getBytes(StandardCharsets.UTF_8));
            return;
        }
        var nothing = new byte[0];
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                if (key == null) {
                    buckets.create(bucket);
                } else {
                    var stored = put(exchange, bucket, key, body);
                    exchange.getResponseHeaders().set("ETag", stored.eTag());
                    exchange.getResponseHeaders().set(Buckets.SHA256, stored.sha256());
                }
                send(exchange, 200, nothing);
            }
            case "HEAD", "GET" -> {
                if (key != null) {
                    var stored = buckets.get(bucket, key);
                    exchange.getResponseHeaders().set("Content-Type", stored.contentType());
                    exchange.getResponseHeaders().set("ETag", stored.eTag());
                    exchange.getResponseHeaders().set(Buckets.SHA256, stored.sha256());
                    send(exchange, 200, stored.content());
                } else if (exchange.getRequestMethod().equals("HEAD")) {
                    buckets.bucket(bucket);
                    send(exchange, 200, nothing);
                } else {
                    throw notImplemented(exchange);
                }
            }
            case "DELETE" -> {
                if (key == null) {
                    throw notImplemented(exchange);
                }
                buckets.delete(bucket, key, exchange.getRequestHeaders().getFirst("If-Match"));
                send(exchange, 204, nothing);
            }
            default -> throw notImplemented(exchange);
        }
    }

    private Buckets.Stored put(HttpExchange exchange, String bucket, String key, byte[] body) {
        var checksums = new HashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> checksums.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        var content = body;
        if (checksums.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-")) {
            var chunked = AwsChunked.decode(body);
            content = chunked.content();
            checksums.putAll(chunked.trailers());
            checkLength(content, checksums);
        }
        return buckets.put(bucket, key, content, checksums.getOrDefault("content-type", "binary/octet-stream"), checksums);
    }

    private static void checkLength(byte[] content, Map<String, String> headers) {
        var told = headers.get("x-amz-decoded-content-length");
        if (told != null && Long.parseLong(told) != content.length) {
            throw new S3Error(400, "IncompleteBody", content.length + " bytes where " + told + " were announced");
        }
    }

    private static S3Error notImplemented(HttpExchange exchange) {
        return new S3Error(501, "NotImplemented", "The stand-in has no " + exchange.getRequestMethod() + " " + exchange.getRequestURI());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdown();
    }
}
