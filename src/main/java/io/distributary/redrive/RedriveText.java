package io.distributary.redrive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.distributary.deadletter.store.DeadLetterRecord;

/** A redrive in words. */
public final class RedriveText {
    private RedriveText() {
    }

    /** One line without its end. */
    public static String of(RedriveResult result, boolean dryRun) {
        DeadLetterRecord letter = result.letter().letter();
        return verb(result.outcome(), dryRun) + ' ' + (letter.eventId() == null ? "a dead letter" : letter.eventId())
                + (letter.itemKey() == null ? "" : " of " + letter.tableName() + ' ' + letter.itemKey())
                + (letter.target() == null ? " for every target of route " + letter.routeId() : " for " + letter.target())
                + (result.reason() == null ? "" : ": " + result.reason()) + " (" + result.letter().place() + ')';
    }

    private static String verb(RedriveOutcome outcome, boolean dryRun) {
        return switch (outcome) {
            case SENT -> dryRun ? "Would send" : "Sent";
            case COPY -> dryRun ? "Would remove the copy" : "Removed the copy";
            case HELD -> dryRun ? "Would hold back" : "Held back";
            case FAILED -> dryRun ? "Would fail" : "Failed again";
            case BEHIND_FAILED -> dryRun ? "Would hold back" : "Held back";
            case NOT_REACHED, NOT_FED -> dryRun ? "Could not send" : "Not sent";
        };
    }

    /** Lines without the last end. */
    public static String of(RedriveSummary summary, long refused, boolean dryRun) {
        List<String> parts = new ArrayList<>();
        parts.add(String.format(Locale.ROOT, "%,d dead letters read, %,d %s", summary.read(), summary.count(RedriveOutcome.SENT),
                dryRun ? "would be sent" : "sent"));
        add(parts, summary.count(RedriveOutcome.COPY), dryRun ? "copies would be removed" : "copies removed");
        add(parts, summary.count(RedriveOutcome.HELD), "held back");
        add(parts, summary.count(RedriveOutcome.FAILED), dryRun ? "would fail" : "failed again");
        add(parts, summary.count(RedriveOutcome.BEHIND_FAILED), "behind one that failed");
        add(parts, summary.count(RedriveOutcome.NOT_REACHED), "not led to their target");
        add(parts, summary.count(RedriveOutcome.NOT_FED), "without a way into a route");
        add(parts, summary.left(), "left out by the options");
        add(parts, refused, "that are no dead letters");
        add(parts, summary.withOthers(), "with another reader");
        String line = String.join(", ", parts) + String.format(Locale.ROOT, ", in %.1f s", summary.elapsed().toMillis() / 1e3);
        if (summary.stopped()) {
            line += System.lineSeparator() + "Ended before all were looked at; run it again for the rest";
        }
        if (summary.withOthers() > 0) {
            line += System.lineSeparator() + "What another reader has is left to it; run it again when that one is done";
        }
        return summary.count(RedriveOutcome.HELD) + summary.count(RedriveOutcome.BEHIND_FAILED) == 0 ? line
                : line + System.lineSeparator() + "What is held back is sent with --force, even if something newer has been delivered";
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(String.format(Locale.ROOT, "%,d %s", count, what));
        }
    }
}
