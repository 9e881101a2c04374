package io.distributary.filter;

import java.util.List;

import io.distributary.attributes.QuotedList;
import io.distributary.event.ChangeEvent;

/** Passes the changes of items whose keys, as text (see {@link io.distributary.event.ItemKey}), begin as said. */
public final class KeyPrefixFilter extends ChangeFilter {
    private List<String> partitionKeyPrefixes = List.of();
    private List<String> sortKeyPrefixes = List.of();
    private List<String> sortKeys = List.of();

    @Override
    public boolean passes(ChangeEvent event) {
        return begins(event.partitionKey(), partitionKeyPrefixes)
                && (sortKeyPrefixes.isEmpty() && sortKeys.isEmpty() || begins(event.sortKey(), sortKeyPrefixes)
                        || sortKeys.contains(event.sortKey()));
    }

    private static boolean begins(String key, List<String> prefixes) {
        return key != null && prefixes.stream().anyMatch(key::startsWith);
    }

    /** @param prefixes separated by commas, as {@link QuotedList} reads them */
    public void setPartitionKeyPrefixes(String prefixes) {
        partitionKeyPrefixes = QuotedList.of("partitionKeyPrefixes", prefixes);
    }

    /** @param prefixes as those of the partition key; empty for any sort key */
    public void setSortKeyPrefixes(String prefixes) {
        sortKeyPrefixes = QuotedList.orNone("sortKeyPrefixes", prefixes);
    }

    /** @param keys whole sort keys, in addition to the prefixes */
    public void setSortKeys(String keys) {
        sortKeys = QuotedList.orNone("sortKeys", keys);
    }
}
