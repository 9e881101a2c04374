package io.distributary.redrive;

import static io.distributary.redrive.Fixtures.change;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.redrive.Verdict.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemOrderTest {
    /** Dead letters as before{@literal >}after, - for no item, ? for an image that the stream does not carry; the item in its table. */
    @ParameterizedTest
    @CsvSource({
        "CURRENT,   ->a,                 a",
        "CURRENT,   a>b,                 b",
        "CURRENT,   ?>b,                 b",
        "CURRENT,   a>-,                 -",
        "CURRENT,   ?>-,                 -",
        "OVERTAKEN, ->a,                 b",
        "OVERTAKEN, ->a,                 -",
        "OVERTAKEN, a>-,                 c",
        "UNKNOWN,   a>?,                 b",
        "UNKNOWN,   ?>?,                 b",
        "LINKED,    ->a a>b,             b",
        "LINKED,    ->a a>b b>-,        -",
        "LINKED,    a>- ->b,             b",
        "OVERTAKEN, ->a a>b,             c",
        "OVERTAKEN, ->a b>c,             c",
        "OVERTAKEN, ->a a>b x>c,        c",
        "OVERTAKEN, a>- a>b,             b",
        "UNKNOWN,   ->a ?>b,             b",
        "UNKNOWN,   ->a a>?,             b"})
    void whatMayBeSent(Kind kind, String letters, String now) {
        assertEquals(kind, verdict(letters, TableItem.of(now.equals("-") ? null : Fixtures.item("k", now))).kind());
    }

    @Test
    void nothingIsKnownOfAnItemThatCannotBeRead() {
        assertEquals(new Verdict(Kind.UNKNOWN, "no rights"), verdict("->a", TableItem.unknown("no rights")));
    }

    @Test
    void setsAreTheSameInAnyOrderAndAMissingAttributeIsADifference() {
        Map<String, AttributeValue> item = Map.of("pk", AttributeValue.fromS("k"), "s", AttributeValue.fromSs(List.of("a", "b")));
        ChangeEvent change = Fixtures.change(1, "k", null, "x").withAttributes(all -> all.size() > 1 ? item : all,
                Fixtures.change(1, "k", null, "x").source());
        assertEquals(Kind.CURRENT, ItemOrder.ofFirst(List.of(change), TableItem.of(Map.of("pk", AttributeValue.fromS("k"), "s",
                AttributeValue.fromSs(List.of("b", "a"))))).kind());
        assertEquals(Kind.OVERTAKEN, ItemOrder.ofFirst(List.of(change), TableItem.of(Map.of("pk", AttributeValue.fromS("k")))).kind());
        assertEquals(Kind.OVERTAKEN, ItemOrder.ofFirst(List.of(change), TableItem.of(Map.of("pk", AttributeValue.fromS("k"), "t",
                AttributeValue.fromSs(List.of("b", "a"))))).kind());
    }

    private static Verdict verdict(String letters, TableItem now) {
        List<ChangeEvent> changes = new ArrayList<>();
        for (String letter : letters.split(" ")) {
            String before = letter.split(">")[0];
            String after = letter.split(">")[1];
            String name = before.equals("-") ? "INSERT" : after.equals("-") ? "REMOVE" : "MODIFY";
            changes.add(change(changes.size() + 1, name, "k", before.matches("[-?]") ? null : before, after.matches("[-?]") ? null : after));
        }
        return ItemOrder.ofFirst(changes, now);
    }
}
