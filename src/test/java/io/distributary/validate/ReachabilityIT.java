package io.distributary.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What {@code --connect} says of servers that are there, and of what is not. */
@WithSandbox({Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS})
class ReachabilityIT {
    @TempDir
    Path folder;

    private final Stack stack;

    ReachabilityIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void whatIsThereIsANoteAndNothingIsCreated() throws IOException {
        String name = Stack.uniqueName("there");
        stack.createTable(name, StreamViewType.NEW_AND_OLD_IMAGES);
        stack.sqs().createQueue(create -> create.queueName(name));
        stack.sns().createTopic(create -> create.name(name));
        String created = Stack.uniqueName("created");
        Report report = validate(name, "kamelet:distributary-sqs-sink?queue=" + name, "aws2-sns:" + name, "aws2-ddb:" + name
                + "?changeOperation=REPLICATE", "aws2-sqs:" + created + "?autoCreateQueue=true", "nats:a?jetstreamEnabled=true");

        assertEquals(List.of(
                "4:12 aws2-ddbstream:NAME: table NAME has a stream",
                "6:15 aws2-sqs:NAME: SQS queue NAME is there",
                "7:15 aws2-sns:NAME: SNS topic NAME is there",
                "8:15 aws2-ddb:NAME: DynamoDB table NAME is there",
                "9:15 aws2-sqs:CREATED: SQS queue CREATED will be created",
                "10:15 nats:a: NATS answers, with JetStream"), lines(report, Severity.NOTE, name, created));
        assertEquals(ExitCode.OK, report.exitCode(true));
        assertTrue(stack.sqs().listQueues(list -> list.queueNamePrefix(created)).queueUrls().isEmpty(), "it was created");
    }

    @Test
    void eachThingThatIsMissingIsAnError() throws IOException {
        String name = Stack.uniqueName("missing");
        Report report = validate(name, "kamelet:distributary-sqs-sink?queue=" + name, "aws2-sns:" + name,
                "aws2-ddb:" + name + "?changeOperation=REPLICATE");

        List<String> lines = lines(report, Severity.ERROR, name, "\0");
        assertEquals(4, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("4:12 aws2-ddbstream:NAME: Table 'NAME' does not exist in region us-east-1"), lines.get(0));
        assertTrue(lines.get(1).startsWith("6:15 aws2-sqs:NAME: There is no SQS queue NAME at http"), lines.get(1));
        assertTrue(lines.get(2).startsWith("7:15 aws2-sns:NAME: There is no SNS topic NAME at http"), lines.get(2));
        assertTrue(lines.get(3).startsWith("8:15 aws2-ddb:NAME: There is no DynamoDB table NAME at http"), lines.get(3));
        assertEquals(ExitCode.REFUSED, report.exitCode(false));
    }

    private Report validate(String table, String... targets) throws IOException {
        String settings = stack.settings(Service.DYNAMODB, Service.SQS, Service.SNS, Service.NATS).entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue()).collect(Collectors.joining("\n"));
        for (String component : List.of("aws2-ddbstream", "aws2-ddb", "aws2-sqs", "aws2-sns")) {
            for (Map.Entry<String, String> key : Map.of("access-key", Stack.CREDENTIAL, "secret-key", Stack.CREDENTIAL).entrySet()) {
                settings += "\ncamel.component." + component + "." + key.getKey() + "=" + key.getValue();
            }
        }
        Path config = Files.writeString(folder.resolve("application.properties"),
                settings + "\ncamel.component.kamelet.no-error-handler=true\n");
        StringBuilder route = new StringBuilder("""
                - route:
                    id: a
                    from:
                      uri: aws2-ddbstream:%s
                      steps:
                """.formatted(table));
        for (String target : targets) {
            route.append("        - to: ").append(target).append('\n');
        }
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/a.camel.yaml"), route);
        return new Validation(config, folder.resolve("routes"), Path.of("kamelets"), List.of()).run(true);
    }

    private static List<String> lines(Report report, Severity severity, String name, String created) {
        return report.problems().stream().filter(problem -> problem.severity() == severity)
                .filter(problem -> !problem.message().contains("has no error handler"))
                .map(problem -> problem.place().line() + ":" + problem.place().column() + " "
                        + problem.message().replace(name, "NAME").replace(created, "CREATED")).toList();
    }
}
