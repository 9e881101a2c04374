package io.distributary.status;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/** What the steps of a diagram are called. */
final class StepNames {
    private static final int LONGEST = 120;
    private static final String PREFIX = "distributary-";
    private static final Map<String, String> SPELLED = Map.ofEntries(Map.entry("sns", "SNS"), Map.entry("sqs", "SQS"),
            Map.entry("ddb", "DynamoDB"), Map.entry("dynamodb", "DynamoDB"), Map.entry("nats", "NATS"), Map.entry("s3", "S3"),
            Map.entry("jetstream", "JetStream"), Map.entry("opensearch", "OpenSearch"), Map.entry("aws", "AWS"),
            Map.entry("http", "HTTP"), Map.entry("json", "JSON"), Map.entry("kv", "KV"));

    private StepNames() {
    }

    /**
     * A kamelet, by its name and its first required parameter that the URI has: {@code SQS Sink: queue=orders}.
     *
     * @param uri      sanitized
     * @param required names of its required parameters, in their order
     */
    static String kamelet(String uri, List<String> required) {
        String name = kameletName(uri);
        String words = Stream.of(StringHelper.removeStartingCharacters(name, '/').replaceFirst("^" + PREFIX, "").split("-"))
                .filter(word -> !word.equals("action"))
                .map(word -> SPELLED.getOrDefault(word, StringHelper.capitalize(word))).collect(Collectors.joining(" "));
        Map<String, String> parameters = parameters(uri);
        return required.stream().filter(parameters::containsKey).findFirst()
                .map(parameter -> words + ": " + parameter + "=" + parameters.get(parameter)).map(StepNames::cut).orElse(words);
    }

    /** Of {@code kamelet:name/routeId?parameters}. */
    static String kameletName(String uri) {
        return uri.replaceFirst("^kamelet:/*", "").replaceFirst("[?/].*", "");
    }

    /** Scheme and name of an endpoint, without parameters. */
    static String endpoint(String uri) {
        return cut(StringHelper.before(uri, "?", uri));
    }

    /** Short enough for a diagram. */
    static String cut(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }

    /** Without passwords, keys and tokens. */
    static String sanitized(String uri) {
        return URISupport.sanitizeUri(uri);
    }

    /** Decoded. */
    static Map<String, String> parameters(String uri) {
        String query = StringHelper.after(uri, "?", "");
        return Stream.of(query.split("&")).filter(pair -> pair.contains("="))
                .collect(Collectors.toMap(pair -> StringHelper.before(pair, "="), pair -> decoded(StringHelper.after(pair, "=")),
                        (one, other) -> one));
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** {@code setHeader: name}, never a value, which may be a secret. */
    static String step(String eip, String name) {
        return cut(name == null || name.isBlank() ? eip : eip + ": " + name);
    }

    static boolean isSink(String kamelet) {
        return kamelet.toLowerCase(Locale.ROOT).endsWith("-sink");
    }

    static boolean isFilter(String kamelet) {
        return kamelet.contains("-filter-") || kamelet.endsWith("-filter");
    }
}
