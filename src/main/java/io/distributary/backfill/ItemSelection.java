package io.distributary.backfill;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.distributary.event.EventFormat;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * Which items are wanted. DynamoDB leaves out the others, after it has read and counted them.
 *
 * @param keyPrefixes of the partition key, a string; none for all
 * @param filter      expression of DynamoDB's, or null
 * @param values      for it, by placeholder
 * @param names       for it, by placeholder
 */
public record ItemSelection(List<String> keyPrefixes, String filter, Map<String, AttributeValue> values, Map<String, String> names) {
    private static final String KEY = "#distributaryKey";
    private static final String PREFIX = ":distributaryPrefix";

    public ItemSelection {
        keyPrefixes = List.copyOf(keyPrefixes);
        values = Map.copyOf(values);
        names = Map.copyOf(names);
    }

    void apply(ScanRequest.Builder scan, String partitionKey) {
        List<String> prefixes = new ArrayList<>();
        Map<String, AttributeValue> allValues = new LinkedHashMap<>(values);
        Map<String, String> allNames = new LinkedHashMap<>(names);
        for (String prefix : keyPrefixes) {
            String placeholder = PREFIX + prefixes.size();
            prefixes.add("begins_with(" + KEY + ", " + placeholder + ")");
            allValues.put(placeholder, AttributeValue.fromS(prefix));
            allNames.put(KEY, partitionKey);
        }
        String keys = String.join(" OR ", prefixes);
        if (filter != null || !keys.isEmpty()) {
            scan.filterExpression(filter == null ? keys : keys.isEmpty() ? filter : "(" + keys + ") AND (" + filter + ")");
        }
        if (!allValues.isEmpty()) {
            scan.expressionAttributeValues(allValues);
        }
        if (!allNames.isEmpty()) {
            scan.expressionAttributeNames(allNames);
        }
    }

    /** Equal for equal selections, for people and for the progress file. */
    String text() {
        if (keyPrefixes.isEmpty() && filter == null) {
            return "all items";
        }
        return "partition keys " + (keyPrefixes.isEmpty() ? "all" : String.join(", ", keyPrefixes)) + "; filter "
                + (filter == null ? "none" : filter + " " + new String(EventFormat.toDynamoDbJson(values), StandardCharsets.UTF_8)
                        + " " + new TreeMap<>(names));
    }
}
