package io.distributary.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.distributary.status.Status.Edge;
import io.distributary.status.Status.Node;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RouteDiagramTest {
    /** No placeholder has a value, no kamelet is known, and every target has been sent to. */
    private static final RouteDiagram.Surroundings SURROUNDINGS = new RouteDiagram.Surroundings() {
        @Override
        public String resolved(String uri) {
            return uri.replace("{{q}}", "orders");
        }

        @Override
        public List<String> required(String kamelet) {
            return kamelet.contains("sink") ? List.of("stream", "queue") : List.of("partitionKeyPrefixes");
        }

        @Override
        public String target(String uri) {
            return uri.contains("jetstream") ? "nats:orders" : null;
        }
    };

    @Test
    void branchesEndAndGoOnAsInCamel() throws Exception {
        RouteDiagram diagram = draw("""
                - route:
                    id: r
                    from:
                      uri: aws2-ddbstream:orders
                      steps:
                        - filter:
                            simple: "${body} != null"
                            steps:
                              - choice:
                                  when:
                                    - simple: "${header.a} == 1"
                                      steps:
                                        - multicast:
                                            steps:
                                              - to: {uri: "kamelet:distributary-jetstream-sink", parameters: {stream: s, password: geheim}}
                                              - to: "aws2-sqs:{{q}}"
                                    - simple: "${header.a} == 2"
                                      steps:
                                        - stop: {}
                              - setHeader: {name: token, constant: geheim}
                        - to: "direct:next"
                """, "kamelet:distributary-dead-letter-sqs-sink?queue=dead", null);
        assertEquals(List.of("source orders", "filter ${body} != null", "choice choice", "when ${header.a} == 1", "multicast multicast",
                "target JetStream Sink: stream=s", "target aws2-sqs:orders", "when ${header.a} == 2", "step setHeader: token",
                "step direct:next", "dead_letters Dead Letter SQS Sink: queue=dead"), diagram.nodes().stream().map(node -> node.kind() + " "
                        + node.label()).toList());
        assertEquals(List.of("orders > filter", "filter > choice", "choice > when1", "when1 > multicast", "multicast > jetstream", "multicast > sqs",
                "choice > when2", "multicast > setHeader", "choice >otherwise> setHeader", "setHeader > direct", "filter >no match> direct",
                "jetstream >failure> dead", "sqs >failure> dead"), edges(diagram));
        assertEquals("nats:orders", diagram.nodes().get(5).target());
        assertFalse(diagram.nodes().toString().contains("geheim"), "a secret is shown");
        assertTrue(diagram.nodes().get(5).uri().contains("password=xxxxxx"), diagram.nodes().get(5).uri());
    }

    @Test
    void whatASourceGivesUpGoesToItsOwnDeadLetters() throws Exception {
        RouteDiagram diagram = draw("""
                - route:
                    id: r
                    from:
                      uri: kamelet:distributary-ddb-streams-source
                      parameters: {table: orders}
                      steps:
                        - to: {uri: "kamelet:distributary-key-prefix-filter-action", parameters: {partitionKeyPrefixes: "ORDER#"}}
                        - to: {uri: "kamelet:distributary-sqs-sink", parameters: {queue: "{{q}}"}}
                """, null, "kamelet:distributary-dead-letter-file-sink?file=d");
        assertEquals(List.of("source DynamoDB Streams Source", "filter Key Prefix Filter: partitionKeyPrefixes=ORDER#",
                "target SQS Sink: queue=orders", "dead_letters Dead Letter File Sink"),
                diagram.nodes().stream().map(node -> node.kind() + " " + node.label()).toList());
        assertEquals(new Edge("n1", "n4", "failure", null), diagram.edges().get(2));
    }

    private static RouteDiagram draw(String yaml, String deadLetters, String givenUp) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("r.camel.yaml", yaml));
            RouteDefinition route = context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition("r");
            return new RouteDiagram(SURROUNDINGS).draw(route, List.of("r/orders"), deadLetters, givenUp);
        }
    }

    /** With short names for the nodes. */
    private static List<String> edges(RouteDiagram diagram) {
        Map<String, String> names = diagram.nodes().stream().collect(Collectors.toMap(Node::id, node -> switch (node.kind()) {
            case "source" -> "orders";
            case "when" -> "when" + node.label().replaceAll("\\D", "");
            case "target" -> node.label().startsWith("JetStream") ? "jetstream" : "sqs";
            case "step" -> node.label().startsWith("setHeader") ? "setHeader" : "direct";
            case "dead_letters" -> "dead";
            default -> node.kind();
        }));
        List<String> edges = new ArrayList<>();
        diagram.edges().forEach(edge -> edges.add(names.get(edge.from()) + " >" + (edge.kind().equals("failure") ? "failure>"
                : edge.label() == null ? "" : edge.label() + ">") + " " + names.get(edge.to())));
        return edges;
    }
}
