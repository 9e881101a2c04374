package io.distributary.ddbstream.checkpoint.leased;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distributary.ddbstream.checkpoint.Checkpoint;

/** The values of the bucket, JSON for people: one object for a shard, one for the lease. */
final class NatsValues {
    static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private NatsValues() {
    }

    /** A shard's value; {@code savedBy} is the owner that wrote it. */
    record Shard(String application, String table, String streamArn, String shardId, Checkpoint checkpoint, String savedBy) {
    }

    /** The lease's value; {@code owner} is null while nobody has it. */
    record Owned(String application, String owner) {
    }

    static byte[] write(Shard shard) {
        ObjectNode root = root(shard.application(), shard.table());
        root.put("streamArn", shard.streamArn());
        root.put("shardId", shard.shardId());
        root.put("checkpoint", shard.checkpoint().text());
        if (shard.checkpoint().instant() != null) {
            root.put("at", shard.checkpoint().instant().toString());
        }
        if (shard.checkpoint().version() != null) {
            root.put("changeVersion", shard.checkpoint().version().toString());
        }
        root.put("savedAt", Instant.now().toString());
        root.put("savedBy", shard.savedBy());
        return bytes(root);
    }

    static byte[] write(String table, Owned lease) {
        ObjectNode root = root(lease.application(), table);
        root.put("leaseOwner", lease.owner());
        root.put("renewedAt", Instant.now().toString());
        return bytes(root);
    }

    /** Throws IOException with the reason, without the key's name. */
    static Shard shard(byte[] value) throws IOException {
        JsonNode root = read(value);
        try {
            return new Shard(text(root, "applicationName"), text(root, "tableName"), text(root, "streamArn"), text(root, "shardId"),
                    Checkpoint.parse(text(root, "checkpoint"), root.path("at").textValue(), root.path("changeVersion").textValue()),
                    root.path("savedBy").textValue());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Throws IOException with the reason, without the key's name. */
    static Owned owned(byte[] value) throws IOException {
        JsonNode root = read(value);
        return new Owned(text(root, "applicationName"), root.path("leaseOwner").textValue());
    }

    private static ObjectNode root(String application, String table) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("applicationName", application);
        root.put("tableName", table);
        return root;
    }

    private static byte[] bytes(ObjectNode root) {
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode read(byte[] value) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(value == null ? new byte[0] : value);
        } catch (JsonProcessingException e) {
            throw new IOException("no JSON", e);
        }
        if (root.path("version").asInt() != VERSION) {
            throw new IOException("its version is " + root.path("version") + "; this program knows version " + VERSION);
        }
        return root;
    }

    private static String text(JsonNode root, String field) throws IOException {
        String text = root.path(field).textValue();
        if (text == null) {
            throw new IOException("it has no " + field);
        }
        return text;
    }
}
