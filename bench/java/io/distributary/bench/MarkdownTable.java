package io.distributary.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table that reads well in a terminal and in README.md. The first column is text, the others are figures. */
public final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    public MarkdownTable(String... headings) {
        rows.add(List.of(headings));
    }

    public MarkdownTable row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("A row of " + cells.length + " cells in a table of " + rows.get(0).size());
        }
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        var widths = new ArrayList<Integer>();
        for (var column = 0; column < rows.get(0).size(); column++) {
            var at = column;
            widths.add(Collections.max(rows.stream().map(row -> row.get(at).length()).toList()));
        }
        var lines = new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
        lines.add(1, rule(widths));
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(List<String> cells, List<Integer> widths) {
        var line = new StringBuilder("|");
        for (var column = 0; column < cells.size(); column++) {
            var padding = " ".repeat(widths.get(column) - cells.get(column).length());
            line.append(' ').append(column == 0 ? cells.get(column) + padding : padding + cells.get(column)).append(" |");
        }
        return line.toString();
    }

    private static String rule(List<Integer> widths) {
        return "|" + "-".repeat(widths.get(0) + 2) + "|"
                + widths.stream().skip(1).map(width -> "-".repeat(width + 1) + ":|").collect(Collectors.joining());
    }
}
