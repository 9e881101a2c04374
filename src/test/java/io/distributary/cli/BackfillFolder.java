package io.distributary.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distributary.sandbox.SandboxException;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A table with items that its stream does not have, and the folder of an application whose route a reads that stream. */
final class BackfillFolder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 25;

    final Stack stack;
    final String name;
    final Path folder;
    final StringWriter output = new StringWriter();
    final StringWriter errors = new StringWriter();

    /** @param name of table, index, queue and stream */
    BackfillFolder(Stack stack, String name, Path folder, Service... services) throws IOException {
        this.stack = stack;
        this.name = name;
        this.folder = folder;
        Map<String, String> settings = stack.settings(services);
        settings.put("camel.component.kamelet.no-error-handler", "true");
        settings.put("camel.component.kamelet.location", "file:" + Path.of("kamelets").toAbsolutePath());
        settings.put("camel.component.aws2-ddbstream.checkpoint-directory", folder.resolve("checkpoints").toString());
        settings.put("camel.component.aws2-ddbstream.checkpoint-interval", "200");
        Files.write(folder.resolve("application.properties"), settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue()).toList());
        Files.createDirectories(folder.resolve("routes"));
    }

    /** Creates the table, puts so many items, and switches the stream on. */
    void table(int items, StreamViewType view) {
        stack.dynamoDb().createTable(create -> create.tableName(name).billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(a -> a.attributeName("pk").attributeType(ScalarAttributeType.S),
                        a -> a.attributeName("sk").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("pk").keyType(KeyType.HASH), k -> k.attributeName("sk").keyType(KeyType.RANGE)));
        stack.dynamoDb().waiter().waitUntilTableExists(describe -> describe.tableName(name));
        for (int from = 0; from < items; from += BATCH) {
            List<WriteRequest> puts = IntStream.range(from, Math.min(items, from + BATCH))
                    .mapToObj(i -> WriteRequest.builder().putRequest(put -> put.item(item("item-" + i, 0))).build()).toList();
            stack.dynamoDb().batchWriteItem(write -> write.requestItems(Map.of(name, puts)));
        }
        stack.dynamoDb().updateTable(update -> update.tableName(name).streamSpecification(s -> s.streamEnabled(true).streamViewType(view)));
        stack.dynamoDb().waiter().waitUntilTableExists(describe -> describe.tableName(name));
    }

    static Map<String, AttributeValue> item(String pk, int version) {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS("1"), "n", AttributeValue.fromN(Integer.toString(version)),
                "text", AttributeValue.fromS(("version " + version + " ").repeat(10)));
    }

    void put(String pk, int version) {
        stack.dynamoDb().putItem(put -> put.tableName(name).item(item(pk, version)));
    }

    void delete(String pk) {
        stack.dynamoDb().deleteItem(delete -> delete.tableName(name)
                .key(Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS("1"))));
    }

    /** @param steps of the route, indented by nothing */
    void route(String parameters, String steps) throws IOException {
        Files.writeString(folder.resolve("routes/a.camel.yaml"), """
                - route:
                    id: a
                    from:
                      uri: aws2-ddbstream:%s
                      parameters: {%s}
                      steps:
                %s
                """.formatted(name, parameters, steps.indent(8)));
    }

    /** The backfill of route a in this JVM; its exit code. */
    int backfill(String... options) {
        output.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of("backfill", name, "--route", "a", "--state", folder.resolve("progress.json").toString(),
                "--config", folder.resolve("application.properties").toString(), "--kamelets", "kamelets",
                "--routes", folder.resolve("routes").toString()));
        line.addAll(List.of(options));
        CommandLine command = DistributaryCommand.commandLine();
        command.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true));
        return command.execute(line.toArray(String[]::new));
    }

    JsonNode summary() throws IOException {
        return JSON.readTree(output.toString());
    }

    /** The route as the application runs it, in this JVM. */
    Main start() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("file:" + folder.resolve("application.properties"));
        main.configure().withRoutesIncludePattern("file:" + folder.resolve("routes") + "/*.camel.yaml").withJmxEnabled(false);
        main.start();
        return main;
    }

    /** The table's items by key, as their documents should be. */
    Map<String, JsonNode> items() {
        Map<String, JsonNode> items = new TreeMap<>();
        stack.dynamoDb().scanPaginator(scan -> scan.tableName(name).consistentRead(true)).items().forEach(item -> {
            ObjectNode document = JSON.createObjectNode().put("pk", item.get("pk").s()).put("sk", item.get("sk").s())
                    .put("n", Integer.parseInt(item.get("n").n())).put("text", item.get("text").s());
            items.put(item.get("pk").s(), document);
        });
        return items;
    }

    /** The index's documents by key; none while there is no index, or it is only being made. */
    Map<String, JsonNode> documents() {
        Map<String, JsonNode> documents = new TreeMap<>();
        try {
            stack.openSearch().send("POST", "/" + name + "/_refresh", null);
            JsonNode hits = stack.openSearch().send("GET", "/" + name + "/_search?size=10000", null).body().at("/hits/hits");
            StreamSupport.stream(hits.spliterator(), false)
                    .forEach(hit -> documents.put(hit.at("/_source/pk").asText(), hit.get("_source")));
        } catch (SandboxException notYet) {
            documents.clear();
        }
        return documents;
    }
}
