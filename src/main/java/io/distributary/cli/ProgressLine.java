package io.distributary.cli;

import java.time.Duration;
import java.util.Locale;

import io.distributary.backfill.Summary;
import io.distributary.backfill.TableFacts;

/** A backfill's progress in one line of a terminal. */
final class ProgressLine {
    private static final int BAR = 20;

    private ProgressLine() {
    }

    /** Without its end. The size of the table is an estimate, so it never says that all is done. */
    static String of(Summary so, TableFacts facts) {
        double part = facts.items() == 0 ? 0 : Math.min(0.99, (double) so.total().scanned() / facts.items());
        int filled = (int) (part * BAR);
        double left = Math.max(0, facts.items() - so.total().scanned()) / Math.max(so.perSecond(), 1e-3);
        return String.format(Locale.ROOT, "[%s%s] %2.0f %% of about %,d, %,d done, %,d dead letters, %,.0f/s, %,.0f units/s%s ",
                "#".repeat(filled), ".".repeat(BAR - filled), part * 100, facts.items(), so.total().items(), so.deadLetters(), so.perSecond(),
                so.unitsPerSecond(), so.perSecond() == 0 ? "" : ", " + text(Duration.ofSeconds((long) Math.min(left, 1e9))) + " left");
    }

    private static String text(Duration left) {
        return left.toHours() > 0 ? left.toHours() + " h " + left.toMinutesPart() + " min"
                : left.toMinutes() > 0 ? left.toMinutes() + " min " + left.toSecondsPart() + " s" : left.toSeconds() + " s";
    }
}
