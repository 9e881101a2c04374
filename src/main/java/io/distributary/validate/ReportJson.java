package io.distributary.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report as JSON. Its fields stay; others may join them. */
public final class ReportJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportJson() {
    }

    /** One object, indented; {@code line} and {@code column} are absent where they are not known. */
    public static String of(Report report, boolean strict) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("valid", report.passes(strict));
        json.put("errors", report.count(Severity.ERROR));
        json.put("warnings", report.count(Severity.WARNING));
        json.put("notes", report.count(Severity.NOTE));
        ArrayNode files = json.putArray("files");
        report.files().forEach(files::add);
        ArrayNode problems = json.putArray("problems");
        for (Problem problem : report.problems()) {
            ObjectNode one = problems.addObject().put("file", problem.place().file());
            if (problem.place().line() > 0) {
                one.put("line", problem.place().line()).put("column", problem.place().column());
            }
            one.put("severity", problem.severity().toString()).put("message", problem.message());
        }
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts and numbers is always JSON", e);
        }
    }
}
