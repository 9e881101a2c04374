package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentationTest {
    static List<Path> pages() {
        var readme = ProjectFiles.BASE.resolve("README.md");
        return Stream.concat(Files.exists(readme) ? Stream.of(readme) : Stream.empty(),
                Stream.of("docs", "k8s", "bench", "routes", "kamelets")
                        .flatMap(directory -> ProjectFiles.find(directory, "*.md").stream())).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRelativeLinkLeadsSomewhere(Path page) {
        assertEquals(List.of(), deadLinks(MarkdownFile.of(page)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyYamlBlockIsValid(Path page) {
        assertEquals(List.of(), invalidYaml(MarkdownFile.of(page)));
    }

    @Test
    void aDeadLinkIsFoundWithFileAndLine() {
        var page = MarkdownFile.of(ProjectFiles.BASE.resolve("page.md"), """
                # One two: three
                [here](#one-two-three) [pom](pom.xml) [web](https://example.com/no)
                [gone](docs/gone.md) and [nowhere](#nowhere)
                ```
                [no link](gone)
                ```
                """);
        assertEquals(List.of("page.md:3: dead link docs/gone.md", "page.md:3: dead link #nowhere"), deadLinks(page));
    }

    @Test
    void aTypoInAYamlBlockIsFoundWithFileAndLine() {
        var page = MarkdownFile.of(ProjectFiles.BASE.resolve("page.md"), """
                A route:
                ```yaml
                - route:
                    from: {uri: "direct:a", stps: []}
                ```
                A list:
                1. Step
                   ```yaml
                   apiVersion: v1
                   kind: Secret
                   dat: {}
                   ```
                """);
        var errors = invalidYaml(page);
        assertTrue(errors.stream().anyMatch(error -> error.matches("page\\.md:4: .*stps.*")), errors::toString);
        assertTrue(errors.stream().anyMatch(error -> error.matches("page\\.md:11: .*dat\\W.*")), errors::toString);
    }

    private static List<String> deadLinks(MarkdownFile page) {
        var dead = new ArrayList<String>();
        for (var link : page.links()) {
            if (!link.target().matches("[a-z]+:.*") && !leadsSomewhere(page, link.target())) {
                dead.add(ProjectFiles.relative(page.path()) + ":" + link.line() + ": dead link " + link.target());
            }
        }
        return dead;
    }

    private static boolean leadsSomewhere(MarkdownFile page, String target) {
        var parts = URLDecoder.decode(target, StandardCharsets.UTF_8).split("#", 2);
        var file = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
        if (parts.length == 1 || !parts[0].isEmpty() && !parts[0].endsWith(".md")) {
            return Files.exists(file);
        }
        var other = parts[0].isEmpty() ? page : Files.exists(file) ? MarkdownFile.of(file) : null;
        return other != null && other.anchors().contains(parts[1]);
    }

    private static List<String> invalidYaml(MarkdownFile page) {
        return page.blocks().stream().filter(block -> block.language().matches("ya?ml"))
                .map(block -> YamlFile.of(ProjectFiles.relative(page.path()), block.line(), block.text()))
                .flatMap(block -> check(block).stream()).toList();
    }

    /** Routes and resources by their schemas; any other block is only parsed. */
    private static List<String> check(YamlFile block) {
        if (block.root().isArray()) {
            return Stream.of(CamelYamlSchemas.CLASSIC, CamelYamlSchemas.CANONICAL)
                    .flatMap(schema -> schema.check(block).stream()).distinct().toList();
        }
        return KubernetesSchemas.knows(block) ? KubernetesSchemas.check(block) : List.of();
    }
}
