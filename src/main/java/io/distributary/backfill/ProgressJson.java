package io.distributary.backfill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distributary.event.DynamoDbJsonReader;
import io.distributary.event.EventFormat;
import io.distributary.event.EventReadException;

/** The progress of a backfill as JSON. */
final class ProgressJson {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    record Content(Job job, List<SegmentProgress> segments) {
    }

    private ProgressJson() {
    }

    static byte[] write(Job job, List<SegmentProgress> segments) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("backfill", job.id());
        root.put("route", job.route());
        root.put("tableArn", job.tableArn());
        root.put("tableId", job.tableId());
        root.put("eventName", job.eventName());
        root.put("selection", job.selection());
        root.put("position", job.position().toString());
        var array = root.putArray("segments");
        for (SegmentProgress segment : segments) {
            ObjectNode node = array.addObject();
            node.put("scanned", segment.scanned());
            node.put("items", segment.items());
            node.put("units", segment.units());
            node.put("done", segment.done());
            if (segment.after() != null) {
                // as text: the key is a value like any other, and is read back exactly
                node.put("after", new String(EventFormat.toDynamoDbJson(segment.after()), StandardCharsets.UTF_8));
            }
        }
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot happen: a tree is JSON", e);
        }
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static Content read(byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        if (root.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("it is none, or of another version than " + VERSION);
        }
        List<SegmentProgress> segments = new ArrayList<>();
        try {
            for (JsonNode node : root.path("segments")) {
                segments.add(new SegmentProgress(node.path("scanned").longValue(), node.path("items").longValue(),
                        node.path("units").doubleValue(), node.has("after") ? DynamoDbJsonReader.readItem(
                                text(node, "after").getBytes(StandardCharsets.UTF_8)) : null, node.path("done").booleanValue()));
            }
            return new Content(new Job(text(root, "backfill"), text(root, "route"), text(root, "tableArn"),
                    root.path("tableId").textValue(), segments.size(), text(root, "eventName"), text(root, "selection"),
                    Instant.parse(text(root, "position"))), segments);
        } catch (EventReadException | DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String text(JsonNode node, String field) {
        if (!node.path(field).isTextual()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return node.path(field).textValue();
    }
}
