package io.distributary.filter;

import io.distributary.event.RecordFields;
import io.distributary.event.RecordFields.Kind;
import java.util.ArrayList;
import java.util.List;

/** The values of one record at the paths of a pattern. */
final class FoundValues implements RecordFields.Sink {
    private final List<List<Value>> byPath;

    FoundValues(int paths) {
        byPath = new ArrayList<>(paths);
        for (int i = 0; i < paths; i++) {
            byPath.add(List.of());
        }
    }

    @Override
    public void value(int path, String text, Kind kind, int[] arrays) {
        List<Value> values = byPath.get(path);
        if (values.isEmpty()) {
            values = new ArrayList<>(1);
            byPath.set(path, values);
        }
        values.add(new Value(text, kind, arrays));
    }

    List<Value> at(int path) {
        return byPath.get(path);
    }

    record Value(String text, Kind kind, int[] arrays) {
    }
}
