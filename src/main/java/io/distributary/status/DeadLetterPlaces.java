package io.distributary.status;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the URI of a dead letter channel to what {@code redrive} calls its store. */
final class DeadLetterPlaces {
    /** Where it is one that only its owner knows, as the queue behind a topic. */
    static final String UNKNOWN = "STORE";

    /** The kamelet's default. */
    static final String S3_PREFIX = "dead-letters";

    private static final Pattern KAMELET = Pattern.compile("kamelet:/*distributary-dead-letter-([a-z0-9]+)-sink\\?(.*)");

    private DeadLetterPlaces() {
    }

    /** As {@code sqs:orders-dead-letters}, or {@link #UNKNOWN}. */
    static String store(String uri) {
        Matcher kamelet = KAMELET.matcher(uri);
        if (!kamelet.matches()) {
            return UNKNOWN;
        }
        Map<String, String> parameters = StepNames.parameters(uri);
        return switch (kamelet.group(1)) {
            case "sqs" -> store("sqs:", parameters.get("queue"));
            case "file" -> store("file:", parameters.get("file"));
            case "jetstream" -> store("jetstream:", parameters.get("stream"));
            case "s3" -> store("s3://", parameters.get("bucket")) + "/" + parameters.getOrDefault("prefix", S3_PREFIX);
            default -> UNKNOWN;
        };
    }

    private static String store(String scheme, String name) {
        return name == null ? UNKNOWN : scheme + name;
    }
}
