package io.distributary.ddb;

import static io.distributary.project.GeneratedTables.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.project.GeneratedTables;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keeps our own options in docs/dynamodb.md, between their markers, equal to the component's catalog entry. */
class DynamoDbPageTest {
    @Test
    void thePageListsOurOptions() throws Exception {
        GeneratedTables.check(Path.of("docs/dynamodb.md"), Map.of("options", options()), DynamoDbPageTest.class);
    }

    private static String options() throws Exception {
        try (InputStream json = DynamoDbPageTest.class.getResourceAsStream("/META-INF/io/distributary/ddb/aws2-ddb.json")) {
            StringBuilder table = new StringBuilder(row("Option", "Default", "What it is")).append("|---|---|---|\n");
            for (Map.Entry<String, JsonNode> option : new ObjectMapper().readTree(json).get("properties").properties()) {
                if (option.getValue().path("configurationClass").asText().equals(DdbConfiguration.class.getName())
                        && isOurs(option.getKey())) {
                    String value = option.getValue().path("defaultValue").asText();
                    table.append(row("`" + option.getKey() + "`", value.isEmpty() ? "" : "`" + value + "`",
                            option.getValue().get("description").asText()));
                }
            }
            return table.toString();
        }
    }

    private static boolean isOurs(String option) {
        for (var field : DdbConfiguration.class.getDeclaredFields()) {
            if (field.getName().equals(option)) {
                return true;
            }
        }
        return false;
    }
}
