package io.distributary.aws;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.oversize.OversizeOptions;
import io.distributary.project.GeneratedTables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.distributary.project.GeneratedTables.row;

/** Keeps the options in docs/sqs.md and docs/sns.md, between their markers, equal to the components' catalog entries. */
class TargetPagesTest {
    @ParameterizedTest
    @CsvSource({"sqs, Sqs", "sns, Sns"})
    void thePageListsTheOptionsThatTheStockProducerDoesNotHave(String name, String prefix) throws Exception {
        Class<?> configuration = Class.forName("io.distributary." + name + "." + prefix + "Configuration");
        Set<String> own = Stream.of(configuration, OversizeOptions.class).flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .map(Field::getName).collect(Collectors.toSet());
        StringBuilder table = new StringBuilder(row("Option", "Default", "What it is")).append("|---|---|---|\n");
        for (var option : options(name).properties()) {
            if (own.contains(option.getKey())) {
                String value = option.getValue().path("defaultValue").asText();
                table.append(row("`" + option.getKey() + "`", value.isEmpty() ? "" : "`" + value + "`",
                        option.getValue().get("description").asText()));
            }
        }
        GeneratedTables.check(Path.of("docs/" + name + ".md"), Map.of("options", table.toString()), TargetPagesTest.class);
    }

    private static JsonNode options(String name) throws Exception {
        try (InputStream json = TargetPagesTest.class.getResourceAsStream(
                "/META-INF/io/distributary/" + name + "/aws2-" + name + ".json")) {
            return new ObjectMapper().readTree(json).get("properties");
        }
    }
}
