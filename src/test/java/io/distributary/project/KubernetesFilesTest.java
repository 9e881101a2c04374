package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KubernetesFilesTest {
    private static final String TRAIT = "trait.camel.apache.org/";
    private static final List<String> CONFIGURATION = List.of("kustomization.yaml", "images.yaml", "distributary.rules.yaml",
            "distributary.rules.test.yaml");

    static List<Path> resources() {
        return ProjectFiles.find("k8s", "*.{yaml,yml}").stream()
                .filter(file -> !CONFIGURATION.contains(file.getFileName().toString())).toList();
    }

    static List<Path> kamelets() {
        return ProjectFiles.find("kamelets", "*.kamelet.yaml");
    }

    @ParameterizedTest
    @MethodSource({"resources", "kamelets"})
    void everyResourceIsWhatAClusterAccepts(Path file) {
        assertEquals(List.of(), KubernetesSchemas.check(YamlFile.of(file)));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void everyTraitInAnAnnotationExists(Path file) {
        assertEquals(List.of(), unknownTraits(YamlFile.of(file)));
    }

    @Test
    void aTypoInAnIntegrationIsFoundWithFileAndLine() {
        var errors = KubernetesSchemas.check(resource("""
                apiVersion: camel.apache.org/v1
                kind: Integration
                metadata:
                  name: typo
                spec:
                  traits:
                    container:
                      imagePulPolicy: Always
                """));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).matches("typo\\.yaml:8: .*imagePulPolicy.*"), errors.get(0));
    }

    @Test
    void aTypoInAPipeOrAKameletIsFound() {
        for (var text : List.of(
                "{apiVersion: camel.apache.org/v1, kind: Pipe, metadata: {name: a}, spec: {sorce: {uri: 'direct:a'}}}",
                "{apiVersion: camel.apache.org/v1, kind: Kamelet, metadata: {name: a}, spec: {definition: {titel: A}}}",
                "{apiVersion: camel.apache.org/v1, kind: Kamelet, metadata: {nam: a}, spec: {}}",
                "{apiVersion: camel.apache.org/v1, kind: Pipe, metadata: {name: a}, spec: {replicas: one}}")) {
            assertEquals(1, KubernetesSchemas.check(resource(text)).size(), text);
        }
    }

    @Test
    void aTypoInAKindOfKubernetesItselfIsFoundWithFileAndLine() {
        var errors = KubernetesSchemas.check(resource("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: typo
                spec:
                  template:
                    spec:
                      containers:
                        - name: typo
                          volumeMount: []
                """));
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).matches("typo\\.yaml:10: .*volumeMount.*"), errors.get(0));
    }

    @Test
    void anUnknownKindIsFound() {
        assertFalse(KubernetesSchemas.check(resource("{apiVersion: apps/v1, kind: Deploiment}")).isEmpty());
    }

    @Test
    void anUnknownTraitIsFoundWithFileAndLine() {
        var errors = unknownTraits(resource("""
                metadata:
                  annotations:
                    trait.camel.apache.org/container.limit-memory: 1Gi
                    trait.camel.apache.org/container.limit-memry: 1Gi
                    trait.camel.apache.org/mont.volumes: '[]'
                """));
        assertEquals(List.of(
                "typo.yaml:4: no property limit-memry in the trait container",
                "typo.yaml:5: no trait mont"), errors);
    }

    private static List<String> unknownTraits(YamlFile file) {
        var traits = KubernetesSchemas.traits();
        var errors = new ArrayList<String>();
        file.root().at("/metadata/annotations").fields().forEachRemaining(annotation -> {
            if (annotation.getKey().startsWith(TRAIT)) {
                var name = annotation.getKey().substring(TRAIT.length()).split("\\.", 2);
                var properties = traits.get(name[0]);
                var where = file.at(annotation.getValue()) + ": ";
                if (properties == null) {
                    errors.add(where + "no trait " + name[0]);
                } else if (properties.stream().noneMatch(name[1].replace("-", "")::equalsIgnoreCase)) {
                    errors.add(where + "no property " + name[1] + " in the trait " + name[0]);
                }
            }
        });
        return errors;
    }

    private static YamlFile resource(String text) {
        return YamlFile.of("typo.yaml", 1, text);
    }
}
