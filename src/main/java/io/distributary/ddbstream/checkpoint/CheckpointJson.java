package io.distributary.ddbstream.checkpoint;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The file format of checkpoints: {@code {"version":1,"streamArn":...,"shards":{id:{"checkpoint":...}}}}. */
final class CheckpointJson {
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private CheckpointJson() {
    }

    /** One stream's checkpoints as they stand in a file. */
    record Content(String application, String table, String streamArn, Map<String, Checkpoint> shards) {
    }

    static byte[] write(String application, String table, String streamArn, Map<String, Checkpoint> shards) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("applicationName", application);
        root.put("tableName", table);
        root.put("streamArn", streamArn);
        ObjectNode nodes = root.putObject("shards");
        new TreeMap<>(shards).forEach((shardId, checkpoint) -> {
            ObjectNode node = nodes.putObject(shardId);
            node.put("checkpoint", checkpoint.text());
            if (checkpoint.instant() != null) {
                node.put("at", checkpoint.instant().toString());
            }
            if (checkpoint.version() != null) {
                node.put("changeVersion", checkpoint.version().toString());
            }
        });
        try {
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A checkpoint cannot be written as JSON", e);
        }
    }

    /** Throws IOException with the reason, without the file's name. */
    static Content read(byte[] bytes) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IOException("it is not whole JSON (" + e.getOriginalMessage() + ")", e);
        }
        if (!root.isObject()) {
            throw new IOException("it is empty or no JSON object");
        }
        if (root.path("version").asInt() != VERSION) {
            throw new IOException("its version is " + root.path("version") + "; this program knows version " + VERSION);
        }
        if (!root.path("streamArn").isTextual() || !root.path("shards").isObject()) {
            throw new IOException("it has no streamArn or no shards");
        }
        Map<String, Checkpoint> shards = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> shard : root.get("shards").properties()) {
            shards.put(shard.getKey(), checkpoint(shard.getKey(), shard.getValue()));
        }
        return new Content(root.path("applicationName").asText(), root.path("tableName").asText(), root.get("streamArn").asText(), shards);
    }

    private static Checkpoint checkpoint(String shardId, JsonNode node) throws IOException {
        try {
            return Checkpoint.parse(node.path("checkpoint").asText(), node.path("at").textValue(),
                    node.path("changeVersion").textValue());
        } catch (IllegalArgumentException e) {
            throw new IOException("shard " + shardId + " has " + e.getMessage() + ": " + node, e);
        }
    }
}
