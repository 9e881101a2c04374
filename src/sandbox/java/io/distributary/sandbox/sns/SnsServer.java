package io.distributary.sandbox.sns;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.distributary.sandbox.EmbeddedServer;
import io.distributary.sandbox.SandboxException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A small stand-in for Amazon SNS, written for this project because no SNS server for the JVM is published. In memory.
 *
 * <p>It has: topics and their attributes, FIFO topics (group ids, de-duplication by id and by content within five
 * minutes, sequence numbers), subscriptions of SQS queues (raw or in SNS's envelope, filter policies on message
 * attributes), Publish, PublishBatch with failures by entry, the size limit of 256 KiB, paging, and SNS's error codes.
 *
 * <p>It lacks: every protocol but sqs, confirmation of subscriptions, signatures and access control, retries and dead
 * letter queues of a subscription, filter policies on the message body, {@code MessageStructure}, archiving, SMS,
 * mobile push, tags. A message is delivered before its publish is answered, where SNS delivers later.
 */
public final class SnsServer implements EmbeddedServer {
    private static final Logger LOG = LoggerFactory.getLogger(SnsServer.class);
    private static final AtomicInteger THREADS = new AtomicInteger();

    static {
        // Read when the JDK's server is loaded. Without it every answer waits 40 ms for the client's delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "sandbox-sns-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private final Actions actions;
    private HttpServer http;
    /** 0 until the first start: any free one. */
    private int port;

    private SnsServer(Actions actions) {
        this.actions = actions;
    }

    /**
     * Starts it on a free loopback port.
     *
     * @param sqs where the subscribed queues are; stays the caller's to close
     */
    public static SnsServer start(SqsClient sqs, String region, String account) {
        var server = new SnsServer(new Actions(new Topics(region, account, InstantSource.system()), new SqsDelivery(sqs)));
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
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status;
            String answer;
            try {
                answer = actions.answer(QueryRequest.parse(form));
                status = 200;
            } catch (SnsError e) {
                answer = Answer.error(e);
                status = e.status();
            } catch (RuntimeException e) {
                LOG.error("The SNS stand-in failed", e);
                answer = Answer.error(new SnsError(500, "InternalError", e.toString()));
                status = 500;
            }
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        stop();
        threads.shutdown();
    }
}
