package io.distributary.status.text;

import java.util.ArrayList;
import java.util.List;

import io.distributary.status.text.Terminal.Colour;

/** Lines of cells, each column as wide as its widest cell; the last one runs on. */
final class Columns {
    private static final String GAP = "  ";

    private final Terminal terminal;
    private final String indent;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** A text and its colour; numbers stand to the right. */
    record Cell(String text, Colour colour, boolean right) {
        static Cell of(String text) {
            return new Cell(Terminal.safe(text), Colour.NONE, false);
        }

        static Cell of(String text, Colour colour) {
            return new Cell(Terminal.safe(text), colour, false);
        }

        static Cell number(String text) {
            return new Cell(Terminal.safe(text), Colour.NONE, true);
        }
    }

    Columns(Terminal terminal, String indent) {
        this.terminal = terminal;
        this.indent = indent;
    }

    Columns row(Cell... cells) {
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = width(row.get(i).text());
                if (i == widths.size()) {
                    widths.add(width);
                } else if (i < row.size() - 1 || row.get(i).right()) {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<Cell> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder(indent);
        int used = indent.length();
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            boolean last = i == row.size() - 1;
            String text = last ? fitted(cell.text(), used) : cell.text();
            String pad = " ".repeat(Math.max(0, widths.get(i) - width(text)));
            String painted = terminal.paint(cell.colour(), text);
            line.append(cell.right() ? pad + painted : last ? painted : painted + pad);
            if (!last) {
                line.append(GAP);
                used += widths.get(i) + GAP.length();
            }
        }
        return line.toString().stripTrailing();
    }

    private String fitted(String text, int used) {
        int room = terminal.columns() - used;
        if (terminal.columns() == 0 || width(text) <= room || room < 4) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, room - 3)) + "...";
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
