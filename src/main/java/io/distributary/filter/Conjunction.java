package io.distributary.filter;

import io.distributary.filter.FoundValues.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One way to match a pattern: every criterion has a value that it accepts, all within the same elements of arrays.
 *
 * @param criteria in the order of their paths, which is that of event-ruler: absence is judged within the elements chosen so far
 */
record Conjunction(List<Criterion> criteria) {

    boolean matches(FoundValues found) {
        Set<ArrayElements> ways = Set.of(ArrayElements.NONE);
        for (Criterion criterion : criteria) {
            List<Value> values = found.at(criterion.path());
            ways = values.size() == 1 && values.get(0).arrays().length == 0
                    ? criterion.accepts(values.get(0).text(), values.get(0).kind()) ? ways : Set.of()
                    : narrowed(ways, criterion, values);
            if (ways.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static Set<ArrayElements> narrowed(Set<ArrayElements> ways, Criterion criterion, List<Value> values) {
        List<Value> accepted = values.stream().filter(value -> criterion.accepts(value.text(), value.kind())).toList();
        Set<ArrayElements> narrowed = new LinkedHashSet<>();
        for (ArrayElements way : ways) {
            for (Value value : accepted) {
                ArrayElements further = way.and(value.arrays());
                if (further != null) {
                    narrowed.add(further);
                }
            }
            if (criterion.absent() && values.stream().allMatch(value -> way.and(value.arrays()) == null)) {
                narrowed.add(way);
            }
        }
        return narrowed;
    }
}
