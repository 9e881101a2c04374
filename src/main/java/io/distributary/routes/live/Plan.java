package io.distributary.routes.live;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to do to get from what runs to what is on disk.
 *
 * @param remove  definitions that go, or are made anew
 * @param add     definitions that come, or are made anew, in the order in which to add them
 * @param target  the files in force afterwards, by name
 * @param refused why files are not taken, in one line each, by name; their last good version is in {@code target}
 * @param causes  for each definition in {@code remove} or {@code add} the files whose change is the reason
 */
record Plan(List<Definition> remove, List<Definition> add, Map<String, SourceFile> target, Map<String, String> refused,
        Map<Definition.Key, Set<String>> causes) {
    boolean changesNothing() {
        return remove.isEmpty() && add.isEmpty();
    }
}
