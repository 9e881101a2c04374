package io.distributary.ddbstream;

import java.beans.Introspector;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.project.GeneratedTables;
import org.junit.jupiter.api.Test;

import static io.distributary.project.GeneratedTables.row;

/** Keeps the options in docs/reading.md, between their markers, equal to the component's catalog entry. */
class ReadingPageTest {
    @Test
    void thePageListsAllOptionsOfTheSource() throws Exception {
        GeneratedTables.check(Path.of("docs/reading.md"), tables(), ReadingPageTest.class);
    }

    private static Map<String, String> tables() throws Exception {
        JsonNode options;
        try (InputStream json = ReadingPageTest.class.getResourceAsStream(
                "/META-INF/io/distributary/ddbstream/aws2-ddbstream.json")) {
            options = new ObjectMapper().readTree(json).get("properties");
        }
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("options", table(options, group -> group.startsWith("consumer")));
        tables.put("connection", table(options, group -> group.equals("proxy") || group.equals("security")));
        tables.put("scheduler", table(options, group -> group.equals("scheduler")));
        int listed = tables.values().stream().mapToInt(table -> (int) table.lines().count() - 2).sum();
        if (listed != options.size()) {
            throw new IllegalStateException(listed + " of " + options.size() + " options listed: a group is in no table");
        }
        return tables;
    }

    private static String table(JsonNode options, Predicate<String> groups) throws Exception {
        StringBuilder table = new StringBuilder(row("Option", "Default", "What it is")).append("|---|---|---|\n");
        for (var option : options.properties()) {
            String group = option.getValue().get("group").asText();
            if (groups.test(group)) {
                String description = option.getValue().get("description").asText();
                table.append(row("`" + option.getKey() + "`", group.equals("scheduler") ? "" : defaultValue(option),
                        own(option.getValue()) ? description : description.replaceFirst("(?<=[a-z])\\. .*", ".")));
            }
        }
        return table.toString();
    }

    /** What the stock component does not have, described in full. */
    private static boolean own(JsonNode option) {
        return option.path("configurationClass").asText().equals(DdbStreamConfiguration.class.getName());
    }

    private static String defaultValue(Map.Entry<String, JsonNode> option) throws Exception {
        String documented = option.getValue().path("defaultValue").asText();
        if (documented.isEmpty()) {
            for (var property : Introspector.getBeanInfo(DdbStreamConfiguration.class).getPropertyDescriptors()) {
                if (property.getName().equals(option.getKey()) && property.getReadMethod() != null) {
                    Object value = property.getReadMethod().invoke(new DdbStreamConfiguration());
                    documented = value == null ? "" : value.toString();
                }
            }
        }
        return documented.isEmpty() ? "" : "`" + documented + "`";
    }
}
