package io.distributary.redrive;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.distributary.event.AttributeEquality;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventName;
import io.distributary.event.EventReadException;
import io.distributary.redrive.Verdict.Kind;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whether the oldest of an item's dead letters for a target may be sent. It may when the table's item is what the dead letters end
 * with, and each begins with what the one before it ended with: then the target has got nothing newer. An item that went another way
 * and came back to the same values counts as unchanged: whoever reads the target's last message reads the same.
 */
final class ItemOrder {
    /** An item before or after a change: known to be there, known to be absent, or not known. */
    private record Image(boolean known, Map<String, AttributeValue> item) {
        static final Image NOT_KNOWN = new Image(false, null);
        static final Image ABSENT = new Image(true, null);

        static Image of(Map<String, AttributeValue> item) {
            return item == null ? NOT_KNOWN : new Image(true, item);
        }
    }

    private ItemOrder() {
    }

    /**
     * @param changes of one item, the oldest first, each once
     * @param now     the item in its table
     * @return of the first of them
     */
    static Verdict ofFirst(List<ChangeEvent> changes, TableItem now) {
        if (now.unknown() != null) {
            return new Verdict(Kind.UNKNOWN, now.unknown());
        }
        for (int i = 0; i < changes.size(); i++) {
            Image after = after(changes.get(i));
            if (!after.known()) {
                return new Verdict(Kind.UNKNOWN, "the stream has no new images to compare the item with");
            }
            boolean last = i == changes.size() - 1;
            Image next = last ? new Image(true, now.item()) : before(changes.get(i + 1));
            if (!next.known()) {
                return new Verdict(Kind.UNKNOWN, "the stream has no old images to tell what came between two dead letters of the item");
            }
            if (!same(after.item(), next.item())) {
                return new Verdict(Kind.OVERTAKEN, "the item has been changed since" + (last ? "" : ", before its next dead letter")
                        + ", or the route gives it other attributes than the table");
            }
        }
        return changes.size() == 1 ? new Verdict(Kind.CURRENT, "the item is still as this change left it")
                : new Verdict(Kind.LINKED, "the item's next dead letter goes on where this one ends");
    }

    private static Image after(ChangeEvent change) {
        if (EventName.REMOVE.name().equals(change.eventNameText())) {
            return Image.ABSENT;
        }
        return Image.of(readable(change) ? change.newImage() : null);
    }

    private static Image before(ChangeEvent change) {
        if (EventName.INSERT.name().equals(change.eventNameText())) {
            return Image.ABSENT;
        }
        return Image.of(readable(change) ? change.oldImage() : null);
    }

    private static boolean readable(ChangeEvent change) {
        try {
            return change.record().dynamodb() != null;
        } catch (EventReadException e) {
            return false; // what it holds cannot be told, as where there is none
        }
    }

    private static boolean same(Map<String, AttributeValue> a, Map<String, AttributeValue> b) {
        if (a == null || b == null) {
            return Objects.equals(a, b);
        }
        return a.size() == b.size() && a.entrySet().stream().allMatch(each -> AttributeEquality.same(each.getValue(), b.get(each.getKey())));
    }
}
