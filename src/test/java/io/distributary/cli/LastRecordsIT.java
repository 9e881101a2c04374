package io.distributary.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.diagnosis.ExitCode;
import io.distributary.sandbox.Sandbox;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** The newest records of a live stream go through a route, over closed shards too, and no checkpoint is made. */
@WithSandbox(Service.DYNAMODB)
class LastRecordsIT {
    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    private List<String> lastItems(int count, String table, ExitCode expected) throws Exception {
        StringWriter output = new StringWriter();
        CommandLine command = DistributaryCommand.commandLine();
        command.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        int code = command.execute("dry-run", "a", "--last", Integer.toString(count), "--table", table, "--json",
                "--config", folder.resolve("application.properties").toString(), "--routes", folder.resolve("routes").toString(),
                "--kamelets", "kamelets");
        assertEquals(expected.code(), code, errors.toString());
        List<String> items = new ArrayList<>();
        for (String line : output.toString().lines().toList()) {
            items.add(new ObjectMapper().readTree(line).path("records").path(0).path("item_key").textValue());
        }
        return items;
    }

    @Test
    void theLastRecordsOfALiveStreamAreReadWithoutACheckpoint(Sandbox sandbox) throws Exception {
        String table = Stack.uniqueName("last");
        sandbox.createTable(table, StreamViewType.NEW_AND_OLD_IMAGES);
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/a.camel.yaml"), """
                - route:
                    id: a
                    from:
                      uri: aws2-ddbstream:%s?checkpointDirectory=%s
                      steps:
                        - to: aws2-sqs:none
                """.formatted(table, folder.resolve("checkpoints")));
        Files.writeString(folder.resolve("application.properties"), sandbox.settings(Service.DYNAMODB).entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue()).collect(Collectors.joining("\n")));
        put(sandbox, table, 1, 4);
        sandbox.dynamoDbServer().rollShards();
        put(sandbox, table, 5, 6);

        assertEquals(List.of("item-5|1", "item-6|1"), lastItems(2, table, ExitCode.OK));
        assertEquals(List.of("item-3|1", "item-4|1", "item-5|1", "item-6|1"), lastItems(4, table, ExitCode.OK));
        assertEquals(6, lastItems(100, table, ExitCode.OK).size());
        assertFalse(Files.exists(folder.resolve("checkpoints")), "a checkpoint was made");
        assertEquals(List.of(), lastItems(1, table + "-none", ExitCode.REFUSED));
    }

    private static void put(Sandbox sandbox, String table, int from, int to) {
        for (int i = from; i <= to; i++) {
            Map<String, AttributeValue> item = Map.of("pk", AttributeValue.fromS("item-" + i), "sk", AttributeValue.fromS("1"));
            sandbox.dynamoDb().putItem(request -> request.tableName(table).item(item));
        }
    }
}
