package io.distributary.ddbstream.shard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An index with OpenSearch's rule for {@code external_gte}: a write with a lower version than the document's, or than that of
 * its removal, is refused. Watches that no document ever goes back to an older change.
 */
final class VersionedIndex {
    private final Map<String, Document> documents = new HashMap<>();
    final List<String> wentBack = new ArrayList<>();

    /** @param n the change; every fifth is a removal, whose version stays known */
    private record Document(long version, int n) {
    }

    void write(String item, int n, long version) {
        Document known = documents.get(item);
        if (known != null && version < known.version()) {
            return; // 409
        }
        if (known != null && n < known.n()) {
            wentBack.add(item + " from change " + known.n() + " to " + n);
        }
        documents.put(item, new Document(version, n));
    }

    static boolean isRemoval(int n) {
        return n % 5 == 0;
    }

    /** The number of the change that a search finds; 0 for no document. */
    int found(String item) {
        Document document = documents.get(item);
        return document == null || isRemoval(document.n()) ? 0 : document.n();
    }
}
