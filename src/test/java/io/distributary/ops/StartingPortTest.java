package io.distributary.ops;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class StartingPortTest {
    private final StartingPort port = new StartingPort();

    @AfterEach
    void close() {
        port.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/observe/health/live"})
    void theProcessIsLive(String path) throws Exception {
        open("SQS does not answer");
        assertEquals(200, get(path).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/readyz", "/observe/health/ready", "/observe/health", "/observe/metrics", "/"})
    void andNotReadyForTheReasonOfTheLastTry(String path) throws Exception {
        open("SQS does not answer");
        port.waiting("\"orders\" does not answer");
        HttpResponse<String> answer = get(path);
        assertEquals(503, answer.statusCode());
        assertEquals("\"orders\" does not answer", new ObjectMapper().readTree(answer.body()).at("/checks/0/message").asText());
    }

    @Test
    void theNextTryFindsThePortFree() throws Exception {
        open("SQS does not answer");
        URI address = address("/livez");
        port.handOver("127.0.0.1", address.getPort());
        assertThrows(ConnectException.class, () -> get(address));
        port.waiting("still not");
        assertEquals(200, get(address).statusCode());
    }

    @Test
    void withoutAManagementPortNoneIsOpened() {
        port.waiting("SQS does not answer");
        assertThrows(NullPointerException.class, port::address);
    }

    private void open(String reason) {
        port.handOver("127.0.0.1", 0);
        port.waiting(reason);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port.address().getPort() + path);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(address(path));
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(60)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
