package io.distributary.opensearch;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.project.GeneratedTables;
import org.junit.jupiter.api.Test;

import static io.distributary.project.GeneratedTables.row;

/** Keeps the options in docs/opensearch.md, between their markers, equal to the component's catalog entry. */
class OpenSearchPageTest {
    @Test
    void thePageListsAllOptionsOfTheTarget() throws Exception {
        JsonNode options;
        try (InputStream json = OpenSearchPageTest.class.getResourceAsStream("/META-INF/io/distributary/opensearch/opensearch.json")) {
            options = new ObjectMapper().readTree(json).get("properties");
        }
        StringBuilder own = new StringBuilder(row("Option", "Default", "What it is")).append("|---|---|---|\n");
        StringBuilder stock = new StringBuilder(own);
        for (var option : options.properties()) {
            String value = option.getValue().path("defaultValue").asText();
            boolean ours = isOwn(option.getKey());
            String description = option.getValue().get("description").asText();
            (ours ? own : stock).append(row("`" + option.getKey() + "`", value.isEmpty() ? "" : "`" + value + "`",
                    ours ? description : description.replaceFirst("(?<=[a-z])\\. .*", ".")));
        }
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("options", own.toString());
        tables.put("stock", stock.toString());
        GeneratedTables.check(Path.of("docs/opensearch.md"), tables, OpenSearchPageTest.class);
    }

    /** Not what Camel's own configuration has; of that, only indexName has gained a meaning, told in the text. */
    private static boolean isOwn(String option) {
        try {
            OpenSearchConfiguration.class.getDeclaredField(option);
            return true;
        } catch (NoSuchFieldException e) {
            return false;
        }
    }
}
