package io.distributary.sandbox.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import io.distributary.config.Setting;
import io.distributary.sandbox.Stack;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code demo put KEY [attribute=value ...]}: one item into the table of a running demo. */
final class PutItem {
    private PutItem() {
    }

    static int run(Path work, List<String> words) throws IOException {
        Path remembered = work.resolve("stack.properties");
        if (words.isEmpty() || !Files.exists(remembered)) {
            System.err.println(words.isEmpty()
                    ? "Usage: demo put KEY [attribute=value ...], as in: demo put ORDER#4711 total=12.50"
                    : "No demo is running here: start ./demo in another terminal first.");
            return 2;
        }
        Properties settings = new Properties();
        try (var in = Files.newBufferedReader(remembered)) {
            settings.load(in);
        }
        Map<String, AttributeValue> item = item(words);
        try (DynamoDbClient client = DynamoDbClient.builder()
                .region(Region.of(Stack.REGION))
                .endpointOverride(URI.create(settings.getProperty(Setting.AWS_ENDPOINT_DYNAMODB.key())))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(Stack.CREDENTIAL, Stack.CREDENTIAL)))
                .build()) {
            client.putItem(request -> request.tableName(OrdersResources.TABLE).item(item));
        }
        System.out.println("Put " + words.get(0) + " into " + OrdersResources.TABLE + ".");
        return 0;
    }

    /** Values that are numbers become N, the others S. */
    static Map<String, AttributeValue> item(List<String> words) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("pk", AttributeValue.fromS(words.get(0)));
        item.put("sk", AttributeValue.fromS("METADATA"));
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("Not attribute=value: " + word);
            }
            String value = word.substring(equals + 1);
            item.put(word.substring(0, equals), value.matches("-?\\d+(\\.\\d+)?")
                    ? AttributeValue.fromN(value) : AttributeValue.fromS(value));
        }
        return item;
    }
}
