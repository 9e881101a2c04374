package io.distributary.sandbox.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/** A table that redraws itself in place on a terminal and prints only its last state elsewhere. */
final class LiveTable {
    private static final int BAR_WIDTH = 24;

    private final PrintStream out;
    private final boolean terminal;
    private int drawnLines;

    LiveTable(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** One line of the table: arrived of expected, where expected may still grow. */
    record Row(String target, long arrived, long expected, long duplicates, String note) {
    }

    /** Draws over the last drawing; does nothing, and asks for no rows, where the output is no terminal. */
    void draw(Supplier<List<Row>> rows) {
        if (terminal) {
            redraw(rows.get());
        }
    }

    private void redraw(List<Row> rows) {
        if (drawnLines > 0) {
            out.printf("\033[%dA", drawnLines);
        }
        print(rows);
        drawnLines = rows.size() + 1;
    }

    /** Draws for the last time. */
    void finish(List<Row> rows) {
        if (terminal) {
            redraw(rows);
        } else {
            print(rows);
        }
        drawnLines = 0;
    }

    private void print(List<Row> rows) {
        String end = terminal ? "\033[K%n" : "%n";
        out.printf("  %-14s %9s %9s  %-" + BAR_WIDTH + "s %5s" + end, "target", "arrived", "expected", "", "twice");
        for (Row row : rows) {
            out.printf("  %-14s %9d %9d  %s %5d  %s" + end,
                    row.target(), row.arrived(), row.expected(), bar(row), row.duplicates(), row.note());
        }
        out.flush();
    }

    private static String bar(Row row) {
        int filled = row.expected() == 0 ? 0 : (int) Math.min(BAR_WIDTH, row.arrived() * BAR_WIDTH / row.expected());
        return "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled);
    }
}
