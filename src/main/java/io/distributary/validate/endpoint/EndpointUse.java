package io.distributary.validate.endpoint;

import java.nio.charset.StandardCharsets;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.distributary.diagnosis.Place;
import io.distributary.validate.Placeholders;
import io.distributary.validate.yaml.Element;

/**
 * An endpoint that a route names, with the options of its URI and its {@code parameters}, placeholders replaced.
 *
 * @param at       the URI's element
 * @param scheme   empty where it is known only when the route runs
 * @param path     between the scheme and the options
 * @param consumer whether a route begins with it
 * @param polled   whether a step asks it for a message
 */
public record EndpointUse(Element at, String scheme, String path, List<Value> values, boolean consumer, boolean polled) {
    /** The parameter that names the endpoint where the URI is no more than the scheme; others are checked by the catalog. */
    private static final Map<String, String> NAMES = Map.of("direct", "name", "seda", "name", "kamelet", "templateId",
            "aws2-ddbstream", "tableName", "aws2-ddb", "tableName", "aws2-sqs", "queueNameOrArn", "aws2-sns", "topicNameOrArn",
            "nats", "topic", "opensearch", "clusterName");

    /** An option that is set. */
    public record Value(String name, String text, Place place) {
        /** Whether it is all known before the route runs. */
        public boolean isKnown() {
            return text.indexOf(Placeholders.UNKNOWN) < 0 && !text.contains("${");
        }
    }

    /**
     * @param parameters null where there are none
     * @param local      values of placeholders that only this place knows
     */
    public static EndpointUse of(Element uri, Element parameters, boolean consumer, boolean polled, Placeholders placeholders,
            Map<String, String> local) {
        return of(uri, "", parameters, consumer, polled, placeholders, local);
    }

    /** That of the EIP {@code kamelet}, which names it without the scheme. */
    public static EndpointUse ofKamelet(Element name, Element parameters, Placeholders placeholders, Map<String, String> local) {
        return of(name, "kamelet:", parameters, false, false, placeholders, local);
    }

    private static EndpointUse of(Element uri, String prefix, Element parameters, boolean consumer, boolean polled,
            Placeholders placeholders, Map<String, String> local) {
        String resolved = prefix + placeholders.resolve(uri.text(), local).strip();
        boolean asWritten = resolved.equals(uri.text());
        int query = resolved.indexOf('?');
        String base = query < 0 ? resolved : resolved.substring(0, query);
        int colon = base.indexOf(':');
        String scheme = colon < 0 ? base : base.substring(0, colon);
        boolean unknown = scheme.indexOf(Placeholders.UNKNOWN) >= 0 || scheme.contains("${");
        String path = colon < 0 ? "" : base.substring(colon + 1).replaceFirst("^//", "");
        List<Value> values = new ArrayList<>();
        if (query >= 0) {
            int offset = query + 1;
            for (String pair : resolved.substring(query + 1).split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (!name.isBlank()) {
                    values.add(new Value(name, decode(equals < 0 ? "" : pair.substring(equals + 1)),
                            asWritten ? uri.place(offset) : place(uri, name)));
                }
                offset += pair.length() + 1;
            }
        }
        if (parameters != null) {
            parameters.fields().forEach(field -> values.add(new Value(field.name(),
                    placeholders.resolve(field.value().text(), local), field.key().place())));
        }
        String named = colon < 0 ? NAMES.get(scheme) : null;
        Optional<Value> name = values.stream().filter(value -> value.name().equals(named)).findFirst();
        if (name.isPresent()) {
            path = name.get().text();
            values.remove(name.get());
        }
        return new EndpointUse(uri, unknown ? "" : scheme, path, values, consumer, polled);
    }

    /** Placeholders move what is after them: find the name in what is written. */
    private static Place place(Element uri, String name) {
        int written = uri.text().indexOf(name);
        return written < 0 ? uri.place() : uri.place(written);
    }

    private static String decode(String value) {
        try {
            return value.startsWith("RAW") ? value : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    /** The value of an option, where it is set. */
    public Optional<Value> value(String name) {
        return values.stream().filter(value -> value.name().equals(name)).reduce((first, last) -> last);
    }

    /** Whether an option has this value, in either case. */
    public boolean has(String name, String text) {
        return value(name).filter(value -> value.text().equalsIgnoreCase(text)).isPresent();
    }

    /** Whether all of it is known before the route runs. */
    public boolean isKnown() {
        return !scheme.isEmpty() && path.indexOf(Placeholders.UNKNOWN) < 0 && !path.contains("${")
                && values.stream().allMatch(Value::isKnown);
    }

    /** For people: scheme and path, without options, which may hold secrets. */
    public String name() {
        return path.isEmpty() ? scheme : scheme + ":" + path.replace(Placeholders.UNKNOWN, '?');
    }
}
