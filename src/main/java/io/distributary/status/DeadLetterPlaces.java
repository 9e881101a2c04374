package io.distributary.status;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the URI of a dead letter channel to what {@code redrive} calls its store. */
final class DeadLetterPlaces {
    /** Where it is one that only its owner knows. */
    static final String UNKNOWN = "STORE";

    private static final Pattern KAMELET = Pattern.compile("kamelet:/*distributary-dead-letter-([a-z0-9]+)-sink\\?(.*)");
    /** The parameter that names the place, by the kamelet's kind. */
    private static final Map<String, String> PLACES = Map.of("sqs", "queue", "file", "file");

    private DeadLetterPlaces() {
    }

    /** As {@code sqs:orders-dead-letters}, or {@link #UNKNOWN}. */
    static String store(String uri) {
        Matcher kamelet = KAMELET.matcher(uri);
        if (!kamelet.matches() || !PLACES.containsKey(kamelet.group(1))) {
            return UNKNOWN;
        }
        String place = StepNames.parameters(uri).get(PLACES.get(kamelet.group(1)));
        return place == null ? UNKNOWN : kamelet.group(1) + ":" + place;
    }
}
