package io.distributary.sandbox.demo;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.distributary.sandbox.demo.RouterTable.Target;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * What must be where once all is quiet, worked out from the stream's own records.
 *
 * @param eventIds    per message target, the ids of the changes that must arrive there
 * @param documents   what the index must hold: the newest image of every item sent there, by partition key
 * @param deadLetters the ids of the changes that one target refuses
 */
record Expectations(Map<Target, Set<String>> eventIds, Map<String, Map<String, AttributeValue>> documents,
                    Set<String> deadLetters) {
    static Expectations of(List<Record> records) {
        Map<Target, Set<String>> ids = new EnumMap<>(Target.class);
        for (Target target : Target.values()) {
            ids.put(target, new TreeSet<>());
        }
        Map<String, Map<String, AttributeValue>> documents = new TreeMap<>();
        Set<String> deadLetters = new TreeSet<>();
        for (Record record : records) {
            String key = record.dynamodb().keys().get("pk").s();
            Set<Target> targets = RouterTable.targets(record.eventNameAsString(), key);
            targets.forEach(target -> ids.get(target).add(record.eventID()));
            if (key.equals(OrdersWorkload.POISON_KEY)) {
                deadLetters.add(record.eventID());
            } else if (targets.contains(Target.OPENSEARCH)) {
                if (record.dynamodb().hasNewImage()) {
                    documents.put(key, record.dynamodb().newImage());
                } else {
                    documents.remove(key);
                }
            }
        }
        return new Expectations(ids, documents, deadLetters);
    }

    /** Keys whose document is missing, outdated or should be gone, given the index's documents. */
    Set<String> wrongDocuments(Map<String, Map<String, String>> indexed) {
        Set<String> wrong = new TreeSet<>();
        documents.forEach((key, image) -> {
            Map<String, String> document = indexed.get(key);
            if (document == null || !revision(image).equals(document.get("revision"))) {
                wrong.add(key);
            }
        });
        indexed.keySet().stream().filter(key -> !documents.containsKey(key)).forEach(wrong::add);
        return wrong;
    }

    private static String revision(Map<String, AttributeValue> image) {
        return image.containsKey("revision") ? image.get("revision").n() : "";
    }
}
