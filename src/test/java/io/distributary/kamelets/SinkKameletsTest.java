package io.distributary.kamelets;

import java.lang.reflect.Proxy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.sqs.Sqs2Endpoint;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the properties of the sinks set; that they send is seen in the tests of the routes, against real servers. */
class SinkKameletsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{\\??(\\w+)}}");
    private static final String TOPIC = "arn:aws:sns:eu-central-1:111122223333:orders";
    /** Where not any text will do. */
    private static final Map<String, String> VALUES = Map.of("maxAge", "1d", "duplicateWindow", "1m", "messageStructure", "json",
            "region", "eu-west-1", "operation", "INDEX",
            "topic", TOPIC);

    static List<Path> sinks() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("kamelets"))) {
            return files.filter(file -> file.toString().endsWith("-sink.kamelet.yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sinks")
    void everyPropertyReachesTheTarget(Path file) throws Exception {
        JsonNode kamelet = YAML.readTree(Files.readString(file));
        Map<String, String> values = new TreeMap<>();
        kamelet.at("/spec/definition/properties").properties().forEach(each -> values.put(each.getKey(), other(each.getKey(), each.getValue())));
        String uris = uris(kamelet.at("/metadata/name").asText(), values);
        values.keySet().retainAll(inUris(kamelet));
        values.forEach((name, value) -> assertTrue(uris.contains(value), name + "=" + value + " is not in " + uris));
    }

    @ParameterizedTest
    @MethodSource("sinks")
    void theDefaultsAreAcceptedAndWhatIsNotSetIsNotThere(Path file) throws Exception {
        JsonNode kamelet = YAML.readTree(Files.readString(file));
        Map<String, String> required = new TreeMap<>();
        kamelet.at("/spec/definition/required").forEach(name -> required.put(name.asText(), name.asText().equals("topic") ? TOPIC : "required-" + name.asText()));
        String uris = uris(file.getFileName().toString().replace(".kamelet.yaml", ""), required);
        // Camel keeps what is secret to it as it is written, and resolves it when it sets the option
        assertEquals(-1, uris.replaceAll("RAW\\(\\{\\{\\?\\w+}}\\)", "").indexOf("{{"), uris);
        required.keySet().retainAll(inUris(kamelet));
        required.values().forEach(value -> assertTrue(uris.contains(value), uris));
    }

    /** The properties that are not a bean's alone. */
    private static Set<String> inUris(JsonNode kamelet) {
        return Stream.of("uri", "parameters").flatMap(part -> kamelet.at("/spec/template/from").findValues(part).stream())
                .flatMap(value -> PARAMETER.matcher(value.toString()).results()).map(parameter -> parameter.group(1))
                .collect(Collectors.toSet());
    }

    /** Another value than the default. */
    private static String other(String name, JsonNode property) {
        String usual = property.path("default").asText();
        return switch (property.path("type").asText()) {
            case "integer" -> Integer.toString(property.path("default").asInt() + 3);
            case "boolean" -> Boolean.toString(!property.path("default").asBoolean());
            default -> VALUES.containsKey(name) ? VALUES.get(name) : property.has("enum") ? property.path("enum").valueStream().map(JsonNode::asText).filter(each -> !each.equals(usual))
                    .findFirst().orElseThrow() : "other-" + name;
        };
    }

    private static <T> T proxy(Class<T> client, Object answer) {
        return client.cast(Proxy.newProxyInstance(client.getClassLoader(), new Class<?>[] {client}, (self, method, arguments) ->
                switch (method.getName()) {
                    case "toString" -> client.getSimpleName();
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    case "getQueueUrl" -> answer;
                    case "close" -> null;
                    default -> throw new AssertionError(method);
                }));
    }

    /** The URIs that the kamelet makes, when all routes are made and none has started. */
    private static String uris(String kamelet, Map<String, String> properties) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            // Of AWS only the address of a queue is asked for when the routes are made.
            camel.getRegistry().bind("sqs", proxy(SqsClient.class, GetQueueUrlResponse.builder().queueUrl("http://localhost/queue").build()));
            camel.getRegistry().bind("sns", proxy(SnsClient.class, null));
            Map.of("aws.region", "eu-central-1", "nats.url", "nats://localhost:1", "opensearch.urls", "http://localhost:1")
                    .forEach(camel.getPropertiesComponent()::addInitialProperty);
            KameletComponent kamelets = camel.getComponent("kamelet", KameletComponent.class);
            kamelets.setLocation("file:kamelets");
            kamelets.setNoErrorHandler(true);
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("sink.camel.yaml", """
                    - route:
                        id: sink
                        from:
                          uri: direct:in
                          steps:
                            - to:
                                uri: kamelet:%s
                                parameters: {%s}
                    """.formatted(kamelet, properties.entrySet().stream().map(each -> each.getKey() + ": '" + each.getValue() + "'")
                    .collect(Collectors.joining(", ")))));
            camel.init();
            camel.getEndpoints().stream().filter(Sqs2Endpoint.class::isInstance).map(Sqs2Endpoint.class::cast)
                    .forEach(queue -> assertEquals(properties.get("queueOwnerAccountId"), queue.getConfiguration().getQueueOwnerAWSAccountId()));
            return camel.getEndpoints().stream().filter(endpoint -> !endpoint.getEndpointUri().matches("(kamelet|direct):.*"))
                    .map(Endpoint::getEndpointUri).map(uri -> URLDecoder.decode(uri, StandardCharsets.UTF_8)).collect(Collectors.joining(" "));
        }
    }
}
