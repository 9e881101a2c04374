package io.distributary.redrive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.distributary.deadletter.store.DeadLetterRecord;
import io.distributary.deadletter.store.StoredDeadLetter;
import io.distributary.event.ChangeEvent;

/**
 * The dead letters of one item for one target of one route, the oldest change first.
 *
 * @param changes  of each change its copies, at least one
 * @param versioned whether the target itself tells older from newer
 */
record ItemLetters(List<List<StoredDeadLetter>> changes, boolean versioned) {
    private record Key(String table, String item, String route, String target) {
        static Key of(DeadLetterRecord letter) {
            ChangeEvent event = letter.event();
            return new Key(event.source().tableName(), event.itemKey(), letter.routeId(), letter.target());
        }
    }

    private static final Comparator<List<StoredDeadLetter>> BY_AGE = Comparator.comparing(copies -> number(copies.get(0).letter()));

    /** @param letters each with a change, in any order */
    static List<ItemLetters> of(List<StoredDeadLetter> letters) {
        Map<Key, Map<String, List<StoredDeadLetter>>> items = new LinkedHashMap<>();
        for (StoredDeadLetter letter : letters) {
            items.computeIfAbsent(Key.of(letter.letter()), key -> new LinkedHashMap<>())
                    .computeIfAbsent(id(letter), id -> new ArrayList<>()).add(letter);
        }
        return items.values().stream().map(changes -> new ItemLetters(changes.values().stream().sorted(BY_AGE).toList(),
                changes.values().stream().flatMap(List::stream)
                        .allMatch(each -> VersionedTarget.is(each.letter().target(), each.letter().endpoint())))).toList();
    }

    /** A change without an id of its own has no copies. */
    private static String id(StoredDeadLetter letter) {
        return Objects.requireNonNullElse(letter.letter().event().eventId(), "no id: " + letter.id());
    }

    /** Sequence numbers of an item grow, also from shard to shard. */
    private static BigInteger number(DeadLetterRecord letter) {
        String number = letter.event().sequenceNumber();
        return number == null || !number.matches("\\d{1,50}") ? BigInteger.ZERO : new BigInteger(number);
    }
}
