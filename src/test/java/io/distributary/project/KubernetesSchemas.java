package io.distributary.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a cluster accepts, without one: Camel K's own CRDs (camel-k-crds) for its kinds, the model classes of fabric8's
 * client for Kubernetes' own. Stricter than a cluster, which drops a field that it does not know without a word.
 */
final class KubernetesSchemas {
    private static final String CAMEL_K = "camel.apache.org/v1";
    private static final Map<String, Class<?>> CORE = Map.of(
            "v1/ConfigMap", ConfigMap.class,
            "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
            "v1/Secret", Secret.class,
            "v1/Service", Service.class,
            "v1/ServiceAccount", ServiceAccount.class,
            "monitoring.coreos.com/v1/PodMonitor", PodMonitor.class,
            "monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class,
            "apps/v1/Deployment", Deployment.class);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new WithoutAnySetter());
    private static final Map<String, YamlSchema> SCHEMAS = new ConcurrentHashMap<>();

    private KubernetesSchemas() {
    }

    /** Whether the document says that it is a resource, other than kustomize's own. */
    static boolean knows(YamlFile file) {
        return file.root().has("apiVersion") && !file.string("/kind").equals("Kustomization");
    }

    /** What is wrong with the resource, a line each; an unknown kind is wrong. */
    static List<String> check(YamlFile file) {
        var apiVersion = file.string("/apiVersion");
        var kind = file.string("/kind");
        var model = CORE.get(apiVersion + "/" + kind);
        if (model != null) {
            return read(file, file.text(), model);
        }
        if (apiVersion.equals(CAMEL_K)) {
            var schema = SCHEMAS.computeIfAbsent(kind, name -> new YamlSchema(strict(openApi(name))));
            return Stream.concat(schema.check(file).stream(), metadata(file).stream()).toList();
        }
        return List.of(file.at(file.root()) + ": no schema for " + apiVersion + " " + kind);
    }

    /** The properties of a trait in the Integration's CRD, by the trait's name. */
    static Map<String, List<String>> traits() {
        var traits = openApi("Integration").at("/properties/spec/properties/traits/properties");
        return names(traits).collect(Collectors.toMap(name -> name,
                name -> names(traits.at("/" + name + "/properties")).toList()));
    }

    /** The CRDs say only that metadata is an object. */
    private static List<String> metadata(YamlFile file) {
        try {
            return read(file, YAML.writeValueAsString(file.root().path("metadata")), ObjectMeta.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(YamlFile file, String text, Class<?> model) {
        try {
            STRICT.readValue(text, model);
            return List.of();
        } catch (JsonMappingException e) {
            return List.of(file.at(locate(file, e, model)) + ": " + e.getOriginalMessage() + " at " + path(e));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode locate(YamlFile file, JsonMappingException e, Class<?> model) {
        var node = model == ObjectMeta.class ? file.root().path("metadata") : file.root();
        for (var reference : e.getPath()) {
            var name = reference.getFieldName();
            var next = name == null ? node.path(reference.getIndex()) : node.path(name);
            if (next.isMissingNode()) {
                return node;
            }
            node = next;
        }
        return node;
    }

    private static String path(JsonMappingException e) {
        return e.getPathReference().replaceAll("[\\w.]+\\[", "[").replace("->", "");
    }

    private static JsonNode openApi(String kind) {
        var resource = "/camel.apache.org_" + kind.toLowerCase(Locale.ROOT) + "s.yaml";
        try (var crd = KubernetesSchemas.class.getResourceAsStream(resource)) {
            if (crd == null) {
                throw new AssertionError("no CRD of Camel K for the kind " + kind);
            }
            return StreamSupport.stream(YAML.readTree(crd).at("/spec/versions").spliterator(), false)
                    .filter(version -> version.get("name").asText().equals("v1"))
                    .findFirst().orElseThrow().at("/schema/openAPIV3Schema");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes every object that lists its properties and does not ask to keep others. */
    private static JsonNode strict(JsonNode schema) {
        for (var child : schema) {
            strict(child);
        }
        if (schema instanceof ObjectNode object && object.path("properties").isObject()
                && "object".equals(object.path("type").asText())
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        return schema;
    }

    private static Stream<String> names(JsonNode node) {
        return StreamSupport.stream(((Iterable<String>) node::fieldNames).spliterator(), false);
    }

    /** fabric8's classes take unknown fields into a map of their own; without it Jackson refuses them. */
    private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
