package io.distributary.opensearch;

/** Refuses options out of range, and those that contradict each other. */
final class OptionCheck {
    private OptionCheck() {
    }

    static void check(OpenSearchEndpoint endpoint) {
        OpenSearchConfiguration options = endpoint.getConfiguration();
        String where = "opensearch:" + options.getClusterName() + ": ";
        if (options.isDisconnect() && options.getHostAddressesList() == null) {
            throw new IllegalArgumentException(where + "disconnect=true needs hostAddresses");
        }
        inRange(where, "maxBulkActions", options.getMaxBulkActions(), 1);
        inRange(where, "maxBulkBytes", options.getMaxBulkBytes(), 1);
        inRange(where, "maxDocumentBytes", options.getMaxDocumentBytes(), 1);
        inRange(where, "maxRequests", options.getMaxRequests(), 1);
        inRange(where, "maxBufferedBytes", options.getMaxBufferedBytes(), 1);
        inRange(where, "linger", options.getLinger(), 0);
        inRange(where, "retryTimeout", options.getRetryTimeout(), 0);
        inRange(where, "gcDeletes", options.getGcDeletes(), 0);
        NameTemplate index = template(where, "indexName", options.getIndexName());
        template(where, "routing", options.getRouting());
        if (index != null && index.hasDate() && options.getDocumentId() == DocumentId.ITEM_KEY) {
            throw new IllegalArgumentException(where + "indexName with {date:...} needs documentId=EVENT_ID: a later change of an item"
                    + " would go to another index and leave its old document behind");
        }
        if (options.getVersionAttribute() != null
                && (options.getChangeOperation() != ChangeOperation.INDEX || options.getVersionType() == VersionType.NONE)) {
            throw new IllegalArgumentException(where + "versionAttribute needs changeOperation=INDEX and a versionType other than NONE");
        }
        if (options.getIndexTemplate() != null && options.getIndexName() == null) {
            throw new IllegalArgumentException(where + "indexTemplate needs indexName");
        }
    }

    private static NameTemplate template(String where, String option, String text) {
        try {
            return text == null ? null : NameTemplate.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + option + " is '" + text + "': " + e.getMessage(), e);
        }
    }

    private static void inRange(String where, String option, long value, long min) {
        if (value < min) {
            throw new IllegalArgumentException(where + option + " is " + value + ", but must be at least " + min);
        }
    }
}
