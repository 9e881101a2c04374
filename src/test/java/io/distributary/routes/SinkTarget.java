package io.distributary.routes;

import io.distributary.ddb.DdbComponent;
import io.distributary.ddb.DdbConfiguration;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** The targets there are, each by its kamelet. */
enum SinkTarget {
    SQS(Service.SQS), SNS(Service.SNS), NATS(Service.NATS), OPENSEARCH(Service.OPENSEARCH), DYNAMODB(Service.DYNAMODB);

    private final Service service;

    SinkTarget(Service service) {
        this.service = service;
    }

    Service service() {
        return service;
    }

    String uri(String name) {
        return switch (this) {
            case SQS -> "kamelet:distributary-sqs-sink?queue=" + name;
            case SNS -> "kamelet:distributary-sns-sink?topic=" + name;
            case NATS -> "kamelet:distributary-jetstream-sink?stream=" + name + "&subjectPrefix=" + name;
            case OPENSEARCH -> "kamelet:distributary-opensearch-sink?index=" + name;
            case DYNAMODB -> "kamelet:distributary-dynamodb-sink?table=" + replica(name);
        };
    }

    /** What is to be there before the route starts. */
    void create(Stack stack, String name) {
        switch (this) {
            case SQS -> stack.sqs().createQueue(create -> create.queueName(name));
            case SNS -> stack.sns().createTopic(create -> create.name(name));
            case DYNAMODB -> stack.createTable(replica(name), StreamViewType.NEW_IMAGE);
            default -> {
            }
        }
    }

    private static String replica(String name) {
        return name + "-replica";
    }

    /** Lets the target's calls, and only those, go to this server. */
    void at(String server, CamelContext context) {
        if (this == DYNAMODB) { // the setting's is the source's
            DdbConfiguration replica = context.getComponent("aws2-ddb", DdbComponent.class).getConfiguration();
            replica.setOverrideEndpoint(true);
            replica.setUriEndpointOverride(server);
        } else {
            context.getPropertiesComponent().addInitialProperty(service.setting().key(), server);
        }
    }
}
