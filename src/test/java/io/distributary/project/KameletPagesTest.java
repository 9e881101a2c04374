package io.distributary.project;

import static io.distributary.project.GeneratedTables.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.distributary.event.ChangeEventHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.spi.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the kamelets are those that their files make. */
class KameletPagesTest {
    private static final Path PAGES = ProjectFiles.BASE.resolve("docs/kamelets");
    private static final Path INDEX = PAGES.resolve("README.md");

    static List<KameletPage> kamelets() {
        return ProjectFiles.find("kamelets", "*.kamelet.yaml").stream().map(file -> new KameletPage(YamlFile.of(file))).toList();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void thePageIsCurrent(KameletPage kamelet) throws IOException {
        var path = PAGES.resolve(kamelet.name() + ".md");
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(path, kamelet.text());
        } else {
            assertEquals(kamelet.text(), Files.exists(path) ? Files.readString(path) : "", path
                    + " is not current. To regenerate it: mvn test -Dtest=KameletPagesTest -Ddocs.write=true");
        }
    }

    @Test
    void theIndexIsCurrent() throws IOException {
        Map<String, String> tables = new LinkedHashMap<>();
        for (var type : List.of("source", "action", "sink")) {
            tables.put(type + "s", row("Kamelet", "What it does") + "|---|---|\n" + kamelets().stream()
                    .filter(kamelet -> kamelet.type().equals(type))
                    .map(kamelet -> row("[`" + kamelet.name() + "`](" + kamelet.name() + ".md)", kamelet.summary()))
                    .collect(Collectors.joining()));
        }
        GeneratedTables.check(INDEX, tables, KameletPagesTest.class);
    }

    @Test
    @DisabledIfSystemProperty(named = "docs.write", matches = "true", disabledReason = "the pages are being written")
    void thereIsNoPageOfAKameletThatIsGone() {
        var names = new TreeSet<>(kamelets().stream().map(kamelet -> kamelet.name() + ".md").toList());
        names.add("README.md");
        assertEquals(names, new TreeSet<>(ProjectFiles.find("docs/kamelets", "*.md").stream()
                .map(page -> page.getFileName().toString()).toList()));
    }

    @Test
    void theSourcesHeadersAreThoseOfEveryChange() throws ReflectiveOperationException {
        Map<String, String> expected = new TreeMap<>();
        for (var field : ChangeEventHeaders.class.getFields()) {
            if (!field.getName().startsWith("BATCH_ITEM")) {
                expected.put((String) field.get(null), field.getAnnotation(Metadata.class).description());
            }
        }
        var source = YamlFile.of(ProjectFiles.BASE.resolve("kamelets/distributary-ddb-streams-source.kamelet.yaml")).root();
        Map<String, String> documented = new TreeMap<>();
        for (Map.Entry<String, JsonNode> header : source.at("/spec/dataTypes/out/headers").properties()) {
            documented.put(header.getKey(), header.getValue().path("description").asText());
        }
        assertEquals(expected, documented);
    }
}
