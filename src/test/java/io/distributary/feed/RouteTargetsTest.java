package io.distributary.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

class RouteTargetsTest {
    private static List<String> targets(String steps, String more) throws Exception {
        try (FedContext context = new FedContext((endpoint, behind) -> new NoProducer(behind))) {
            KameletComponent kamelets = new KameletComponent();
            kamelets.setLocation("file:kamelets");
            kamelets.setNoErrorHandler(true);
            context.addComponent("kamelet", kamelets);
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("a.yaml", """
                    - route:
                        id: a
                        errorHandler: {deadLetterChannel: {deadLetterUri: "aws2-sqs:dead"}}
                        from:
                          uri: aws2-ddbstream:orders
                          steps:
                    %s%s""".formatted(steps.indent(8), more)));
            context.start();
            return RouteTargets.of(context, "a").stream().map(RouteTarget::name).toList();
        }
    }

    @Test
    void targetsAreFoundBehindKameletsChoicesAndJoinedRoutesButNotTheDeadLetters() throws Exception {
        assertEquals(List.of("opensearch:distributary", "aws2-ddb:replica", "aws2-sqs:high", "aws2-sns:rest", "the step LineFile"), targets("""
                - log: "${body}"
                - to: {uri: "mock:none"}
                - multicast:
                    steps:
                      - to: {uri: "kamelet:distributary-opensearch-sink", parameters: {index: orders}}
                      - to: {uri: "kamelet:distributary-dynamodb-sink", parameters: {table: replica, region: eu-west-1}}
                - choice:
                    when:
                      - expression: {simple: {expression: "${body} == 1"}}
                        steps:
                          - to: {uri: "aws2-sqs:high"}
                    otherwise:
                      steps:
                        - to: {uri: "direct:b"}
                """, """
                - route:
                    id: b
                    from:
                      uri: direct:b
                      steps:
                        - to: {uri: "aws2-sns:rest"}
                        - to: {uri: "kamelet:distributary-file-sink", parameters: {file: target/none.jsonl}}
                - route:
                    id: c
                    from:
                      uri: aws2-ddbstream:others
                      steps:
                        - to: {uri: "aws2-sqs:others"}
                """));
    }

    @Test
    void whatOnlyTheMessageTellsIsATargetToo() throws Exception {
        assertEquals(List.of("what a SendDynamic step chooses", "what a WireTap step chooses", "what a RecipientList step chooses"), targets("""
                - toD: {uri: "aws2-sqs:${header.queue}"}
                - wireTap: {uri: "direct:none"}
                - recipientList: {expression: {simple: {expression: "aws2-sqs:${header.queue}"}}}
                """, """
                - route:
                    from:
                      uri: direct:none
                      steps:
                        - log: "x"
                """));
    }
}
