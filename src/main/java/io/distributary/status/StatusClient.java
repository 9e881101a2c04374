package io.distributary.status;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Asks an instance for its status. Safe to use again and again; by one thread. */
public final class StatusClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int DEFAULT_PORT = 8080;
    private static final int LONGEST = 300;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).followRedirects(HttpClient.Redirect.NEVER).build();
    private final URI uri;

    /** No instance has told its status; the message says why and what to do. */
    public static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        private NoAnswerException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** @param uri as {@link #uri} makes it */
    public StatusClient(URI uri) {
        this.uri = uri;
    }

    /**
     * The whole URI for what a person writes: {@code localhost:8080}, {@code http://host:8080} or with a path.
     *
     * @throws IllegalArgumentException where it is no address
     */
    public static URI uri(String address) {
        try {
            URI given = new URI(address.contains("://") ? address : "http://" + address);
            boolean http = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
            if (!http || given.getHost() == null) {
                throw new IllegalArgumentException("no address of an instance: " + address);
            }
            int port = given.getPort() < 0 && !address.contains("://") ? DEFAULT_PORT : given.getPort();
            String path = given.getPath() == null || given.getPath().isEmpty() || given.getPath().equals("/") ? StatusPath.PATH : given.getPath();
            return new URI(given.getScheme(), null, given.getHost(), port, path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no address of an instance: " + address, e);
        }
    }

    /** The answer as it came, which {@link StatusJson#read} takes. */
    public String ask() throws NoAnswerException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = http.send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", "application/json").build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new NoAnswerException("No instance answers at " + uri + " (" + reason(e) + "): start it, or name its address as http://HOST:PORT;"
                    + " the port is camel.management.port", e);
        } catch (HttpTimeoutException e) {
            throw new NoAnswerException(uri + " does not answer within " + TIMEOUT.toSeconds() + " s: look whether the process hangs", e);
        } catch (IOException e) {
            throw new NoAnswerException(uri + " does not answer as a web server does (" + reason(e) + "): name the port of camel.management.port", e);
        }
        String wrong = switch (answer.statusCode()) {
            case OK -> null;
            case UNAUTHORIZED, FORBIDDEN -> "refuses to tell (HTTP " + answer.statusCode() + "): " + refusal(answer.body());
            case NOT_FOUND -> "is not there (HTTP 404): another program answers at that port, or an older release, or distributary.page.enabled=false";
            default -> "answers with HTTP " + answer.statusCode();
        };
        if (wrong != null) {
            throw new NoAnswerException(uri + " " + wrong, null);
        }
        return answer.body();
    }

    private static String refusal(String body) {
        String line = body == null ? "" : body.strip();
        return line.isEmpty() || line.length() > LONGEST || line.startsWith("<") ? "ask from the machine it runs on" : line.replaceAll("\\p{Cntrl}", " ");
    }

    private static String reason(IOException e) {
        Throwable cause = e;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** The status in an answer. */
    public Status read(String answer) throws NoAnswerException {
        try {
            return StatusJson.read(answer);
        } catch (IllegalArgumentException e) {
            throw new NoAnswerException(uri + " answers with something else (" + e.getMessage() + "): name an instance of this application,"
                    + " of this or an earlier release", e);
        }
    }
}
