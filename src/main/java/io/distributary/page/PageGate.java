package io.distributary.page;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/** Stands before the page and its data: puts the headers on that keep a browser strict, and ends what {@link PageAccess} refuses. */
final class PageGate implements Handler<RoutingContext> {
    /** Scripts and styles from files of this origin only; require-trusted-types-for: no text ever becomes markup. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cache-Control", "no-store");
    /** What proxies add; only ever a reason to refuse, as anyone can write them. */
    private static final List<String> MARKS_OF_A_PROXY = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
            "X-Real-IP", "Via");

    private final PageAccess access;
    private final Set<HttpMethod> methods;

    /** @param methods that are let through */
    PageGate(PageAccess access, HttpMethod... methods) {
        this.access = access;
        this.methods = new LinkedHashSet<>(List.of(methods));
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerResponse response = context.response();
        HEADERS.forEach(response::putHeader);
        HttpServerRequest request = context.request();
        Optional<String> refusal = refusal(request);
        if (refusal.isPresent()) {
            end(response, 403, refusal.get());
        } else if (!methods.contains(request.method())) {
            String allowed = methods.stream().map(HttpMethod::name).collect(Collectors.joining(", "));
            end(response.putHeader("Allow", allowed), 405, "This only answers to " + allowed);
        } else {
            context.next();
        }
    }

    private Optional<String> refusal(HttpServerRequest request) {
        // the connection's: whatever a header says of the client, this is who is at the other end
        SocketAddress peer = request.connection().remoteAddress();
        try {
            return access.refusal(InetAddress.getByName(peer.hostAddress()), MARKS_OF_A_PROXY.stream().anyMatch(request.headers()::contains),
                    hosts(request));
        } catch (UnknownHostException e) {
            return Optional.of("The address " + peer + " cannot be read");
        }
    }

    /** HTTP/2 has an authority in place of the header. */
    private static List<String> hosts(HttpServerRequest request) {
        List<String> headers = request.headers().getAll("Host");
        return headers.isEmpty() && request.authority() != null ? List.of(request.authority().toString()) : headers;
    }

    static void end(HttpServerResponse response, int status, String message) {
        response.setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8").end(message + "\n");
    }
}
