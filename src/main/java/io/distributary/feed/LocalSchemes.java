package io.distributary.feed;

import java.util.Set;

import org.apache.camel.Endpoint;

/** Which endpoints only pass exchanges on, or change them, inside the process. */
public final class LocalSchemes {
    private static final Set<String> ROUTES = Set.of("direct", "seda", "kamelet");
    private static final Set<String> PRODUCERS = Set.of("direct", "seda", "kamelet", "bean", "class", "log", "mock", "language",
            "validator", "json-validator", "xslt", "xslt-saxon", "jslt", "jolt", "freemarker", "velocity", "mustache", "xj", "dataformat",
            "saga", "ref", "dynamic-router", "rest-api");

    private LocalSchemes() {
    }

    /** True where a producer of it sends nothing out of the process. */
    public static boolean sendsNothing(Endpoint endpoint) {
        return sendsNothing(scheme(endpoint));
    }

    /** As {@link #sendsNothing(Endpoint)}, by the scheme of its URI. */
    public static boolean sendsNothing(String scheme) {
        return PRODUCERS.contains(scheme);
    }

    /** True where a consumer of it gets exchanges only from other routes. */
    public static boolean joinsRoutes(Endpoint endpoint) {
        return ROUTES.contains(scheme(endpoint));
    }

    private static String scheme(Endpoint endpoint) {
        String uri = endpoint.getEndpointUri();
        int end = uri.indexOf(':');
        return end < 0 ? uri : uri.substring(0, end);
    }
}
