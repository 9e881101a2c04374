package io.distributary.bench.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one fault.
 *
 * @param fault     its name
 * @param written   changes written while it was there, and just before
 * @param verdict   what the targets have
 * @param allowed   repeated changes that its interruptions explain
 * @param letters   dead letters
 * @param told      until the readiness check said so, with the reason; null where it did not
 * @param reason    what it said
 * @param recovered from the end of the fault until all was delivered; null where it never was
 * @param warnings  warnings and errors in the application's log from the fault on, the first of them in full
 * @param problems  what should not be so; empty for a good end
 */
record Figures(String fault, int written, Verdict verdict, int allowed, int letters, Duration told, String reason, Duration recovered,
        List<String> warnings, List<String> problems) {

    Figures {
        problems = new ArrayList<>(problems);
        if (verdict.lost() > 0) {
            problems.add(verdict.lost() + " lost");
        }
        if (verdict.unknown() > 0) {
            problems.add(verdict.unknown() + " unknown");
        }
        if (verdict.reordered() > 0) {
            problems.add(verdict.reordered() + " reordered");
        }
        if (verdict.unrecognised() > 0) {
            problems.add(verdict.unrecognised() + " repeated under another id");
        }
        if (verdict.repeated() > allowed) {
            problems.add(verdict.repeated() + " repeated where " + allowed + " may be");
        }
        problems = List.copyOf(problems);
    }

    boolean good() {
        return problems.isEmpty();
    }
}
