package io.distributary.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.distributary.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources and the project's own files agree: routes, kamelets and settings are mounted, never copied. */
class KustomizationTest {
    private static final Path BASE = ProjectFiles.BASE.resolve("k8s/base/kustomization.yaml");
    private static final String HOME = "/distributary";

    static List<Path> kustomizations() {
        return ProjectFiles.find("k8s", "kustomization.yaml");
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void everyFileNamedInAKustomizationExists(Path file) {
        var root = YamlFile.of(file).root();
        var named = Stream.of(
                texts(root.path("resources")),
                texts(root.path("configurations")),
                values(root.path("configMapGenerator"), "files"),
                values(root.path("configMapGenerator"), "envs")).flatMap(s -> s);
        assertEquals(List.of(), named.filter(name -> !Files.exists(file.resolveSibling(name).normalize())).toList());
    }

    @Test
    void theConfigMapOfRoutesHoldsEveryActiveRoute() {
        assertEquals(ProjectFiles.find("routes", "*.camel.yaml").stream()
                .filter(file -> file.getParent().endsWith("routes")).map(ProjectFiles::relative).toList(),
                generated("distributary-routes"));
    }

    @Test
    void theConfigMapOfKameletsHoldsEveryKamelet() {
        assertEquals(kamelets(), generated("distributary-kamelets"));
    }

    @Test
    void theConfigurationIsTheShippedOne() {
        assertEquals(List.of("application.properties"), generated("distributary-config"));
    }

    @Test
    void camelKGetsEveryKameletAsAResource() {
        var file = ProjectFiles.BASE.resolve("k8s/camel-k/kustomization.yaml");
        assertEquals(kamelets(), texts(YamlFile.of(file).root().path("resources"))
                .filter(name -> name.endsWith(".kamelet.yaml"))
                .map(name -> ProjectFiles.relative(file.resolveSibling(name).normalize())).sorted().toList());
    }

    @Test
    void theIntegrationCarriesNoRoutesOfItsOwn() {
        var integration = resource("k8s/camel-k/integration.yaml");
        assertTrue(integration.at("/spec/flows").isMissingNode() && integration.at("/spec/sources").isMissingNode(),
                "routes belong in routes/, which the Integration mounts");
    }

    @Test
    void bothWaysOfDeployingMountTheSameThingsInTheSamePlaces() {
        var deployment = mounts(resource("k8s/deployment/deployment.yaml").at("/spec/template/spec"));
        var resource = resource("k8s/camel-k/integration.yaml");
        var integration = mounts(resource.at("/spec/template/spec"));
        var trait = resource.at("/spec/traits/mount");
        texts(trait.path("resources")).map(mount -> mount.split("[:@]"))
                .forEach(parts -> integration.put(parts[2], parts[1].replaceFirst("/.*", "")));
        texts(trait.path("volumes")).map(mount -> mount.split(":"))
                .forEach(parts -> integration.put(parts[1], parts[0]));
        texts(trait.path("emptyDirs")).forEach(mount -> integration.put(mount.split(":")[1], "emptyDir"));
        assertEquals(deployment, integration);
        assertEquals("distributary-routes", deployment.get(HOME + "/routes"));
        assertEquals("distributary-kamelets", deployment.get(HOME + "/kamelets"));
        assertEquals("distributary-config", deployment.get(HOME + "/application.properties"));
        assertEquals("distributary-data", deployment.get(HOME + "/data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s/deployment/deployment.yaml", "k8s/camel-k/integration.yaml"})
    void aPodHasLongerToEndThanTheRecordsInFlightMayTake(String file) {
        var source = ProjectFiles.read(ProjectFiles.BASE.resolve("src/main/java/io/distributary/cli/RoutesMain.java"));
        var timeout = Pattern.compile("SHUTDOWN_TIMEOUT = (\\d+);").matcher(source);
        assertTrue(timeout.find(), "RoutesMain has no SHUTDOWN_TIMEOUT to compare with");
        var grace = resource(file).at("/spec/template/spec/terminationGracePeriodSeconds").asInt();
        assertTrue(grace >= Integer.parseInt(timeout.group(1)) + 15, file + " gives " + grace + " s");
    }

    @ParameterizedTest
    @MethodSource("containers")
    void everySecretSettingComesFromTheSecret(JsonNode container) {
        var secrets = Arrays.stream(Setting.values()).filter(Setting::secret).map(Setting::environmentVariable);
        assertEquals(secrets.sorted().toList(), values(container.path("env"), "name").sorted().toList());
    }

    @Test
    void everyLineOfTheSettingsIsASettingOrAPropertyOfTheRoutes() {
        var properties = ProjectFiles.read(ProjectFiles.BASE.resolve("application.properties")).lines()
                .map(line -> line.replaceFirst("=.*", "").toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
        var settings = Arrays.stream(Setting.values()).map(Setting::environmentVariable);
        var known = Stream.concat(settings, properties).toList();
        var unknown = ProjectFiles.read(BASE.resolveSibling("settings.env")).lines()
                .map(line -> line.split("=")[0]).filter(name -> !known.contains(name)).toList();
        assertEquals(List.of(), unknown);
    }

    @Test
    void noSecretStandsInTheSettings() {
        var settings = ProjectFiles.read(BASE.resolveSibling("settings.env"));
        var secrets = Arrays.stream(Setting.values()).filter(Setting::secret).map(Setting::environmentVariable);
        assertEquals(List.of(),
                secrets.filter(name -> settings.lines().anyMatch(line -> line.startsWith(name + "="))).toList());
    }

    @Test
    void everyImageCarriesTheVersionOfTheProject() {
        var version = ProjectFiles.read(ProjectFiles.BASE.resolve("pom.xml"))
                .replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
        var tags = new ArrayList<String>();
        kustomizations().forEach(file -> values(YamlFile.of(file).root().path("images"), "newTag").forEach(tags::add));
        tags.add(resource("k8s/camel-k/pipe/pipe.yaml")
                .at("/metadata/annotations/trait.camel.apache.org~1container.image").asText().replaceFirst(".*:", ""));
        assertEquals(List.of(version, version, version), tags);
    }

    static List<JsonNode> containers() {
        return Stream.of("k8s/deployment/deployment.yaml", "k8s/camel-k/integration.yaml")
                .map(file -> resource(file).at("/spec/template/spec/containers/0")).toList();
    }

    private static JsonNode resource(String file) {
        return YamlFile.of(ProjectFiles.BASE.resolve(file)).root();
    }

    /** What the pod mounts, by path. */
    private static Map<String, String> mounts(JsonNode pod) {
        var mounts = new TreeMap<String, String>();
        pod.at("/containers/0/volumeMounts")
                .forEach(mount -> mounts.put(mount.get("mountPath").asText(), source(pod, mount.get("name"))));
        return mounts;
    }

    private static String source(JsonNode pod, JsonNode name) {
        var volume = StreamSupport.stream(pod.path("volumes").spliterator(), false)
                .filter(candidate -> candidate.get("name").equals(name)).findFirst().orElseThrow();
        return Stream.of("/configMap/name", "/secret/secretName", "/persistentVolumeClaim/claimName").map(volume::at)
                .filter(JsonNode::isTextual).map(JsonNode::asText).findFirst().orElse("emptyDir");
    }

    private static List<String> kamelets() {
        return ProjectFiles.find("kamelets", "*.kamelet.yaml").stream().map(ProjectFiles::relative).toList();
    }

    private static List<String> generated(String configMap) {
        return StreamSupport.stream(YamlFile.of(BASE).root().path("configMapGenerator").spliterator(), false)
                .filter(generator -> generator.path("name").asText().equals(configMap))
                .flatMap(generator -> texts(generator.path("files")))
                .map(name -> ProjectFiles.relative(BASE.resolveSibling(name).normalize())).sorted().toList();
    }

    private static Stream<String> values(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false).flatMap(entry -> texts(entry.path(name)));
    }

    private static Stream<String> texts(JsonNode node) {
        return node.isTextual() ? Stream.of(node.asText())
                : StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText);
    }
}
