package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KameletConventionsTest {
    private static final String SOUND = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: sound-sink
              annotations:
                camel.apache.org/kamelet.support.level: Preview
                camel.apache.org/catalog.version: 0.1.0-SNAPSHOT
                camel.apache.org/kamelet.icon: data:image/svg+xml;base64,AA==
                camel.apache.org/provider: Distributary
                camel.apache.org/kamelet.group: Sound
                camel.apache.org/kamelet.namespace: Test
              labels:
                camel.apache.org/kamelet.type: sink
            spec:
              definition:
                title: Sound Sink
                description: Plays a sound.
                type: object
                required: [url]
                properties:
                  url:
                    title: URL of the Sound
                    description: Where the sound is.
                    type: string
                  password:
                    title: Password
                    description: The password.
                    type: string
                    format: password
                    x-descriptors: ["urn:camel:group:credentials"]
              dependencies: ["camel:core", "camel:kamelet", "camel:http"]
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - to:
                        uri: "{{url}}"
                        parameters: {password: "{{?password}}"}
                    - toD: {uri: "http:sound"}
            """;

    static List<Path> kamelets() {
        return ProjectFiles.find("kamelets", "*.kamelet.yaml");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void everyKameletKeepsTheConventionsOfCamelsCatalog(Path file) {
        assertEquals(List.of(), KameletConventions.check(YamlFile.of(file)));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void everyTemplatePassesCamelsOwnSchema(Path file) {
        assertEquals(List.of(), KameletConventions.checkTemplate(YamlFile.of(file)));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void optionsStandUnderParametersAndNotInTheUri(Path file) {
        assertEquals(List.of(), RouteFilesTest.LongUris.in(YamlFile.of(file)));
    }

    @Test
    void noTwoKameletsShareATitleOrADescription() {
        for (var name : List.of("/spec/definition/title", "/spec/definition/description")) {
            var texts = kamelets().stream().map(file -> YamlFile.of(file).string(name)).toList();
            assertEquals(texts.size(), texts.stream().distinct().count(), texts::toString);
        }
    }

    @Test
    void allKameletsCarryOneCatalogVersion() {
        assertEquals(1, kamelets().stream().map(file -> YamlFile.of(file)
                .string("/metadata/annotations/camel.apache.org~1catalog.version")).collect(Collectors.toSet()).size());
    }

    @Test
    void aSoundKameletPasses() {
        assertEquals(List.of(), check(SOUND));
        assertEquals(List.of(), KameletConventions.checkTemplate(kamelet(SOUND)));
    }

    @Test
    void everyBrokenConventionIsFound() {
        assertFound("name: sound-sink", "name: sound", "does not end in -sink");
        assertFound("name: sound-sink", "name: other-sink", "is not its file's name");
        assertFound("kamelet.type: sink", "kamelet.type: drain", "drain");
        assertFound("    camel.apache.org/kamelet.icon", "    camel.apache.org/icon", "kamelet.icon");
        assertFound("title: Sound Sink", "title: Sound", "does not end in Sink");
        assertFound("title: URL of the Sound", "title: The URL", "begins with an article");
        assertFound("title: URL of the Sound", "title: URL of the sound", "sound");
        assertFound("        description: Where the sound is.\n", "", "url has no description");
        assertFound("        x-descriptors: [\"urn:camel:group:credentials\"]\n", "", "urn:camel:group:credentials");
        assertFound("        format: password\n", "", "looks like a secret");
        assertFound("required: [url]", "required: [uri]", "uri");
        assertFound("\"{{?password}}\"", "\"{{?passwort}}\"", "passwort");
        assertFound("parameters: {password: \"{{?password}}\"}", "parameters: {}", "password is never used");
        assertFound("uri: kamelet:source", "uri: direct:source", "kamelet:source");
        assertFound(", \"camel:http\"", "", "camel:http");
        assertFound("\"camel:http\"", "\"http\"", "http");
    }

    @Test
    void aTypoInATemplateIsFoundWithFileAndLine() {
        var errors = KameletConventions.checkTemplate(kamelet(SOUND.replace("parameters: {p", "paramters: {p")));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).matches("sound-sink\\.kamelet\\.yaml:38: .*paramters.*"), errors.get(0));
    }

    private static void assertFound(String sound, String broken, String message) {
        var text = SOUND.replace(sound, broken);
        assertFalse(text.equals(SOUND), () -> "nothing to break at: " + sound);
        var errors = check(text);
        assertTrue(errors.stream().anyMatch(error -> error.contains(message)), () -> broken + " gave " + errors);
    }

    private static List<String> check(String text) {
        return KameletConventions.check(kamelet(text));
    }

    private static YamlFile kamelet(String text) {
        return YamlFile.of("sound-sink.kamelet.yaml", 1, text);
    }
}
