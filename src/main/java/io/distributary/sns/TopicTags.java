package io.distributary.sns;

import java.util.HashSet;
import java.util.Set;

/** The topics that meters tell apart: items may name any number of them, and each makes time series. Thread-safe. */
final class TopicTags {
    /** Of one producer. */
    static final int TOLD_APART = 50;
    static final String OTHER = "(other)";

    private final Set<String> known = new HashSet<>();

    /** The topic's name, or for those beyond the first {@link #TOLD_APART} one name for all of them. */
    synchronized String of(String topic) {
        if (known.size() < TOLD_APART) {
            known.add(topic);
        }
        return known.contains(topic) ? topic : OTHER;
    }
}
