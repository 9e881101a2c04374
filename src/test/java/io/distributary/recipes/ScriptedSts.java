package io.distributary.recipes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Hands out a role's credentials, {@code ROLEKEY1}, {@code ROLEKEY2} and so on, or refuses. */
final class ScriptedSts implements AutoCloseable {
    private final HttpServer http;
    private final Queue<Duration> lifetimes;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** @param lifetimes of the credentials of each request; none: all are refused */
    ScriptedSts(Duration... lifetimes) throws IOException {
        this.lifetimes = new ArrayDeque<>(List.of(lifetimes));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Each with its authorization and body. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + URLDecoder.decode(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), StandardCharsets.UTF_8));
            Duration lifetime = lifetimes.poll();
            byte[] answer = (lifetime == null ? """
                    <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code>
                    <Message>User: arn:aws:iam::000000000000:user/me is not authorized to perform: sts:AssumeRole</Message></Error>
                    </ErrorResponse>""" : """
                    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                    <AccessKeyId>ROLEKEY%d</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
                    <Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
                    .formatted(requests.size(), Instant.now().plus(lifetime))).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(lifetime == null ? 403 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
