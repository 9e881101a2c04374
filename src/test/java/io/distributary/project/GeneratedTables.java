package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables of a page of the documentation that are made from the code, each between two markers. */
public final class GeneratedTables {
    private GeneratedTables() {
    }

    /**
     * Fails when a table of the page is not that of the code, or writes it when {@code -Ddocs.write=true}.
     *
     * @param tables by the name in their markers
     * @param test   the calling test, for the message
     */
    public static void check(Path path, Map<String, String> tables, Class<?> test) throws IOException {
        String page = Files.readString(path);
        String current = page;
        for (var table : tables.entrySet()) {
            current = replace(path, current, table.getKey(), table.getValue());
        }
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(path, current);
        } else {
            assertEquals(current, page, path + " is not current. To regenerate it: mvn test -Dtest=" + test.getSimpleName()
                    + " -Ddocs.write=true");
        }
    }

    /** One line of a table. */
    public static String row(String... cells) {
        return Arrays.stream(cells).map(cell -> cell.isEmpty() ? "" : " " + cell.replace("|", "\\|"))
                .collect(Collectors.joining(" |", "|", " |\n"));
    }

    private static String replace(Path path, String page, String name, String table) {
        String begin = "<!-- " + name + ": generated -->\n";
        String end = "<!-- /" + name + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException(path + " has lost its markers " + begin.strip() + " and " + end);
        }
        return page.substring(0, from + begin.length()) + table + page.substring(to);
    }
}
