package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
    void theKameletsBesideEachOtherKeepThemToo() {
        assertEquals(List.of(), KameletConventions.checkTogether(kamelets().stream().map(YamlFile::of).toList()));
    }

    @Test
    void aSoundKameletPasses() {
        assertEquals(List.of(), check(SOUND));
        assertEquals(List.of(), KameletConventions.checkTemplate(kamelet(SOUND)));
    }

    /** What is sound, what breaks it, and what is then said; in the order of the validator's rules. */
    static Stream<Arguments> broken() {
        return Stream.of(
                // verifyFileNames, verifyKameletType
                Arguments.of("name: sound-sink", "name: other-sink", "is not its file's name"),
                Arguments.of("name: sound-sink", "name: sound", "does not end in -sink"),
                Arguments.of("kamelet.type: sink", "kamelet.type: drain", "drain"),
                Arguments.of("    camel.apache.org/kamelet.type: sink\n", "    type: sink\n", "kamelet.type is ''"),
                // verifyParameters
                Arguments.of("  definition:\n", "  defined:\n", "no spec.definition"),
                Arguments.of("  template:\n", "  templates:\n", "no spec.template"),
                Arguments.of("required: [url]", "required: [url, url]", "listed twice"),
                Arguments.of("required: [url]", "required: [uri]", "required property uri is not defined"),
                Arguments.of("    title: Sound Sink\n", "", "does not end in Sink"),
                Arguments.of("title: Sound Sink", "title: Sound", "does not end in Sink"),
                Arguments.of("    description: Plays a sound.\n", "", "no description"),
                Arguments.of("    type: object\n", "    type: string\n", "type is not object"),
                Arguments.of("        description: Where the sound is.\n        type: string\n", "        description: Where.\n",
                        "url has no type"),
                Arguments.of("        title: URL of the Sound\n", "", "url has no title"),
                Arguments.of("        description: Where the sound is.\n", "", "url has no description"),
                Arguments.of("title: URL of the Sound", "title: URL of the sound", "a small word: sound"),
                Arguments.of("title: URL of the Sound", "title: The URL", "begins with an article"),
                Arguments.of("title: URL of the Sound", "title: A URL", "begins with an article"),
                Arguments.of("title: URL of the Sound", "title: An Address", "begins with an article"),
                // verifyAnnotations
                Arguments.of("    camel.apache.org/kamelet.icon", "    camel.apache.org/icon", "kamelet.icon"),
                Arguments.of("    camel.apache.org/catalog.version", "    camel.apache.org/version", "catalog.version"),
                Arguments.of("    camel.apache.org/provider", "    camel.apache.org/by", "provider"),
                // verifyDescriptors
                Arguments.of("        x-descriptors: [\"urn:camel:group:credentials\"]\n", "", "no x-descriptor urn:camel:group:credentials"),
                Arguments.of("[\"urn:camel:group:credentials\"]", "[\"urn:camel:group:credentials\", \"urn:camel:group:credentials\"]",
                        "an x-descriptor twice"),
                Arguments.of("[\"urn:camel:group:credentials\"]",
                        "[\"urn:camel:group:credentials\", \"urn:alm:descriptor:com.tectonic.ui:password\"]", "deprecated x-descriptor"),
                // verifyUsedParams
                Arguments.of("\"{{?password}}\"", "\"{{?passwort}}\"", "parameter passwort is not declared"),
                Arguments.of("\"{{?password}}\"", "\"{{?pass.word}}\"", "parameter pass.word is not declared"),
                Arguments.of("parameters: {password: \"{{?password}}\"}", "parameters: {}", "password is never used"),
                // verifyTemplateConvention
                Arguments.of("uri: kamelet:source", "uri: direct:source", "must consume from kamelet:source"),
                // verifyDependencies
                Arguments.of("\"camel:http\"", "\"http\"", "is none of camel:NAME"),
                Arguments.of("\"camel:http\"", "\"mvn:org.apache.camel:camel-http\"", "is none of camel:NAME"),
                // ours
                Arguments.of(", \"camel:http\"", "", "dependency camel:http is missing"),
                Arguments.of("        format: password\n", "", "looks like a secret"),
                Arguments.of("\"{{?password}}\"", "\"{{password}}\"", "neither required nor has a default"),
                Arguments.of("        description: Where the sound is.\n", "        description: Where.\n        default: 3\n",
                        "default of url does not fit"),
                Arguments.of("        description: Where the sound is.\n", "        description: Where.\n        enum: [a]\n        default: b\n",
                        "default of url does not fit"));
    }

    @ParameterizedTest
    @MethodSource
    void broken(String sound, String broken, String message) {
        var text = SOUND.replace(sound, broken);
        assertFalse(text.equals(SOUND), () -> "nothing to break at: " + sound);
        var errors = check(text);
        assertTrue(errors.stream().anyMatch(error -> error.contains(message)), () -> broken + " gave " + errors);
    }

    @Test
    void aSourceThatDoesNotRouteToItsSinkIsFound() {
        var source = SOUND.replace("-sink", "-source").replace("kamelet.type: sink", "kamelet.type: source").replace("Sound Sink", "Sound Source");
        assertTrue(KameletConventions.check(YamlFile.of("sound-source.kamelet.yaml", 1, source)).toString()
                .contains("a source must route to kamelet:sink"));
    }

    @Test
    void whatIsNoYamlIsFound() {
        assertThrows(AssertionError.class, () -> kamelet(SOUND.replace("spec:", "spec: [")));
    }

    @Test
    void twoKameletsOfOneTitleOneDescriptionOrTwoCatalogVersionsAreFound() {
        var other = SOUND.replace("title: Sound Sink", "title: Other Sink").replace("Plays a sound", "Plays another");
        assertEquals(List.of(), together(other));
        assertTogether(other.replace("Other Sink", "Sound Sink"), "title is that of sound-sink");
        assertTogether(other.replace("another", "a sound"), "description is that of sound-sink");
        assertTogether(other.replace("0.1.0-SNAPSHOT", "0.1.1"), "catalog.version 0.1.1 is not that of the others");
    }

    private static void assertTogether(String other, String message) {
        var errors = together(other);
        assertTrue(errors.size() == 1 && errors.get(0).contains(message), errors::toString);
    }

    private static List<String> together(String other) {
        return KameletConventions.checkTogether(List.of(kamelet(SOUND), YamlFile.of("other-sink.kamelet.yaml", 1, other)));
    }

    @Test
    void aTypoInATemplateIsFoundWithFileAndLine() {
        var errors = KameletConventions.checkTemplate(kamelet(SOUND.replace("parameters: {p", "paramters: {p")));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).matches("sound-sink\\.kamelet\\.yaml:38: .*paramters.*"), errors.get(0));
    }

    private static List<String> check(String text) {
        return KameletConventions.check(kamelet(text));
    }

    private static YamlFile kamelet(String text) {
        return YamlFile.of("sound-sink.kamelet.yaml", 1, text);
    }
}
