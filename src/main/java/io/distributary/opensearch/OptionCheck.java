package io.distributary.opensearch;

import io.distributary.config.OptionRange;

/** Refuses options out of range, and those that contradict each other. */
final class OptionCheck {
    private OptionCheck() {
    }

    static void check(OpenSearchEndpoint endpoint) {
        OpenSearchConfiguration options = endpoint.getConfiguration();
        String where = "opensearch:" + options.getClusterName();
        if (options.isDisconnect() && options.getHostAddressesList() == null) {
            throw new IllegalArgumentException(where + ": disconnect=true needs hostAddresses");
        }
        OptionRange.check(where, "maxBulkActions", options.getMaxBulkActions(), 1);
        OptionRange.check(where, "maxBulkBytes", options.getMaxBulkBytes(), 1);
        OptionRange.check(where, "maxDocumentBytes", options.getMaxDocumentBytes(), 1);
        OptionRange.check(where, "maxRequests", options.getMaxRequests(), 1);
        OptionRange.check(where, "maxBufferedBytes", options.getMaxBufferedBytes(), 1);
        OptionRange.check(where, "linger", options.getLinger(), 0);
        OptionRange.check(where, "retryTimeout", options.getRetryTimeout(), 0);
        OptionRange.check(where, "gcDeletes", options.getGcDeletes(), 0);
        NameTemplate index = template(where, "indexName", options.getIndexName());
        template(where, "routing", options.getRouting());
        if (index != null && index.hasDate() && options.getDocumentId() == DocumentId.ITEM_KEY) {
            throw new IllegalArgumentException(where + ": indexName with {date:...} needs documentId=EVENT_ID: a later change of an item"
                    + " would go to another index and leave its old document behind");
        }
        if (options.getVersionAttribute() != null
                && (options.getChangeOperation() != ChangeOperation.INDEX || options.getVersionType() == VersionType.NONE)) {
            throw new IllegalArgumentException(where + ": versionAttribute needs changeOperation=INDEX and a versionType other than NONE");
        }
        if (options.getIndexTemplate() != null && options.getIndexName() == null) {
            throw new IllegalArgumentException(where + ": indexTemplate needs indexName");
        }
    }

    private static NameTemplate template(String where, String option, String text) {
        try {
            return text == null ? null : NameTemplate.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + option + " is '" + text + "': " + e.getMessage(), e);
        }
    }
}
