package io.distributary.redrive;

import java.net.URISyntaxException;
import java.util.Map;

import org.apache.camel.util.URISupport;

/** Which targets refuse what is older than what they have, whatever comes when. */
final class VersionedTarget {
    private static final String OPENSEARCH = "kamelet:distributary-opensearch-sink";
    private static final String DYNAMODB = "kamelet:distributary-dynamodb-sink";
    private static final String MARK = "kamelet:distributary-outbox-mark-sink";

    private VersionedTarget() {
    }

    /**
     * @param target   of a dead letter; may be null
     * @param endpoint of it, with the options that the kamelet gave it; may be null
     */
    static boolean is(String target, String endpoint) {
        String kamelet = target == null ? "" : target.replaceFirst("\\?.*", "");
        return switch (kamelet) {
            case DYNAMODB, MARK -> true; // writes with the change's version; the mark is set where there is none yet
            case OPENSEARCH -> endpoint != null && versioned(endpoint);
            default -> false;
        };
    }

    private static boolean versioned(String endpoint) {
        if (!endpoint.startsWith("opensearch:")) {
            return false;
        }
        Map<String, Object> options = options(endpoint);
        return "EVENT_ID".equals(options.get("documentId"))
                || "INDEX".equals(options.getOrDefault("changeOperation", "INDEX")) && !"NONE".equals(options.get("versionType"));
    }

    private static Map<String, Object> options(String endpoint) {
        int query = endpoint.indexOf('?');
        try {
            return query < 0 ? Map.of() : URISupport.parseQuery(endpoint.substring(query + 1));
        } catch (URISyntaxException e) {
            return Map.of("versionType", "NONE"); // not to be read, so not to be relied upon
        }
    }
}
