package io.distributary.bench.faults;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.distributary.bench.MarkdownTable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The figures for people and for programs. */
final class FiguresTable {
    private FiguresTable() {
    }

    static MarkdownTable table(List<Figures> all) {
        var table = new MarkdownTable("fault", "written", "lost", "reordered", "repeated", "allowed", "dead letters", "told after s",
                "recovered after s", "warnings", "outcome");
        for (var figures : all) {
            var verdict = figures.verdict();
            table.row(figures.fault(), text(figures.written()), text(verdict.lost()), text(verdict.reordered()), text(verdict.repeated()),
                    text(figures.allowed()), text(figures.letters()), seconds(figures.told()), seconds(figures.recovered()),
                    text(figures.warnings().size()), figures.good() ? "good" : String.join("; ", figures.problems()));
        }
        return table;
    }

    /** One line, as each fault is done. */
    static String line(Figures figures) {
        return figures.fault() + ": " + (figures.good() ? "good" : String.join("; ", figures.problems())) + ", " + figures.written()
                + " written, " + figures.verdict().repeated() + " repeated, " + figures.letters() + " dead letters, recovered after "
                + seconds(figures.recovered()) + " s" + (figures.reason() == null ? "" : ", told after " + seconds(figures.told()) + " s: "
                + figures.reason()) + (figures.warnings().isEmpty() ? "" : "; its log: " + figures.warnings().get(0));
    }

    static String json(List<Figures> all) {
        ArrayNode array = new JsonMapper().createArrayNode();
        for (var figures : all) {
            var verdict = figures.verdict();
            var object = array.addObject().put("fault", figures.fault()).put("good", figures.good()).put("written", figures.written())
                    .put("lost", verdict.lost()).put("unknown", verdict.unknown()).put("reordered", verdict.reordered())
                    .put("repeated", verdict.repeated()).put("repeatedAllowed", figures.allowed())
                    .put("repeatedUnderAnotherId", verdict.unrecognised()).put("deadLetters", figures.letters())
                    .put("toldAfterMillis", millis(figures.told())).put("reason", figures.reason())
                    .put("recoveredAfterMillis", millis(figures.recovered()));
            figures.warnings().forEach(object.putArray("warnings")::add);
            figures.problems().forEach(object.putArray("problems")::add);
        }
        return array.toPrettyString();
    }

    private static Long millis(Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private static String seconds(Duration duration) {
        return duration == null ? "-" : String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1e3);
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
