package io.distributary.routes;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.DataType;

/**
 * {@code routes/orders-fanout.camel.yaml} in the Java DSL: the same table, kamelets and error handling. Runs instead of it
 * where {@code distributary.java-routes=true}.
 */
public final class OrdersFanout extends RouteBuilder {
    private static final String SNS = "kamelet:distributary-sns-sink?topic={{orders.topic}}";
    private static final String SQS = "kamelet:distributary-sqs-sink?queue={{orders.queue}}";
    private static final String NATS =
            "kamelet:distributary-jetstream-sink?stream={{orders.stream}}&subjectPrefix={{orders.subject-prefix}}";
    private static final String OPENSEARCH = "kamelet:distributary-opensearch-sink?index={{orders.index}}";

    @Override
    public void configure() {
        from("aws2-ddbstream:{{orders.table}}?streamIteratorType=FROM_START&applicationName=orders-fanout")
                .routeId("orders-fanout-java")
                .routeConfigurationId("error-handling")
                .precondition("{{distributary.java-routes}} == 'true'")
                .filter(simple("${header.CamelAwsDdbStreamPartitionKey} regex '^(ORDER|PRODUCT|CUSTOMER)#.*'"))
                    .transformDataType(new DataType("aws2-ddbstream:change-event"))
                    .choice()
                        .when(simple("${header.CamelAwsDdbStreamPartitionKey} startsWith 'ORDER#'"
                                + " && ${header.CamelAwsDdbStreamEventName} != 'REMOVE'"))
                            .multicast().to(SNS, SQS, NATS, OPENSEARCH).endChoice()
                        .when(simple("${header.CamelAwsDdbStreamPartitionKey} startsWith 'CUSTOMER#'"))
                            .multicast().to(NATS, OPENSEARCH).endChoice()
                        .otherwise()
                            .multicast().to(SQS, NATS, OPENSEARCH).end()
                    .end()
                .end();
    }
}
