package io.distributary.bench.streams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * DynamoDB Streams' JSON protocol on loopback at next to no cost, for benchmarks that DynamoDB Local would limit: one table, one
 * enabled stream, open shards. Limits of the service that a benchmark of speed does not meet are not there: throttling, expired
 * iterators, trimming.
 */
public final class StreamsEndpoint implements AutoCloseable {
    /** What the names of its threads start with. */
    public static final String THREADS = "canned-streams";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** As DescribeStream pages them. */
    private static final int SHARDS_PER_PAGE = 100;
    private static final byte[] RECORDS = "{\"Records\":[".getBytes(StandardCharsets.US_ASCII);

    private final String table;
    private final String streamArn;
    private final List<? extends Shard> shards;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private StreamsEndpoint(String table, List<? extends Shard> shards, ServerSocketChannel server) {
        this.table = table;
        this.streamArn = "arn:aws:dynamodb:us-east-1:000000000000:table/" + table + "/stream/2026-01-01T00:00:00.000";
        this.shards = List.copyOf(shards);
        this.server = server;
    }

    /** Starts one on a free port. Its table has the string keys pk and sk. */
    public static StreamsEndpoint start(String table, List<? extends Shard> shards) throws IOException {
        var server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var endpoint = new StreamsEndpoint(table, shards, server);
        endpoint.thread("accept", endpoint::accept);
        return endpoint;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.socket().getLocalPort());
    }

    public String streamArn() {
        return streamArn;
    }

    public String shardId(int number) {
        return String.format("shardId-00000001700000000000-%08d", number);
    }

    private void accept() {
        try {
            while (true) {
                var channel = server.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                connections.add(channel);
                thread("connection", () -> serve(channel));
            }
        } catch (IOException e) {
            ifOpen(server.isOpen(), e);
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            var connection = new HttpConnection(channel);
            for (var request = connection.read(); request != null; request = connection.read()) {
                answer(connection, request.operation(), JSON.readTree(request.body()));
            }
        } catch (IOException e) {
            ifOpen(server.isOpen() && channel.isOpen(), e);
        } finally {
            connections.remove(channel);
        }
    }

    private void answer(HttpConnection connection, String operation, JsonNode request) throws IOException {
        switch (operation) {
            case "GetRecords" -> getRecords(connection, request);
            case "GetShardIterator" -> connection.write(200, bytes(shardIterator(request)));
            case "DescribeStream" -> connection.write(200, bytes(describeStream(request)));
            case "ListStreams" -> connection.write(200, bytes(listStreams()));
            case "DescribeTable" -> connection.write(200, bytes(describeTable()));
            default -> connection.write(400, bytes(JSON.createObjectNode()
                    .put("__type", "com.amazon.coral.service#UnknownOperationException").put("message", operation)));
        }
    }

    private void getRecords(HttpConnection connection, JsonNode request) throws IOException {
        var iterator = request.path("ShardIterator").asText().split(":");
        var shard = Integer.parseInt(iterator[0]);
        var from = Long.parseLong(iterator[1]);
        var page = shards.get(shard).read(from, request.path("Limit").asInt(1000));
        connection.write(200, ByteBuffer.wrap(RECORDS), page.json(),
                ByteBuffer.wrap(("],\"NextShardIterator\":\"" + iterator(shard, from + page.count()) + "\"}")
                        .getBytes(StandardCharsets.US_ASCII)));
    }

    private static String iterator(int shard, long position) {
        return shard + ":" + position;
    }

    private ObjectNode shardIterator(JsonNode request) {
        var id = request.path("ShardId").asText();
        var shard = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
        var sequenceNumber = request.path("SequenceNumber").asText();
        var position = switch (request.path("ShardIteratorType").asText()) {
            case "TRIM_HORIZON" -> 0;
            case "LATEST" -> shards.get(shard).end();
            case "AFTER_SEQUENCE_NUMBER" -> position(sequenceNumber) + 1;
            default -> position(sequenceNumber);
        };
        return JSON.createObjectNode().put("ShardIterator", iterator(shard, position));
    }

    private static long position(String sequenceNumber) {
        return Long.parseLong(sequenceNumber) - Long.parseLong(RecordTemplate.sequenceNumber(0));
    }

    private ObjectNode describeStream(JsonNode request) {
        var answer = JSON.createObjectNode();
        var description = stream(answer.putObject("StreamDescription")).put("TableName", table).put("StreamStatus", "ENABLED")
                .put("StreamViewType", "NEW_IMAGE");
        keySchema(description);
        var listed = description.putArray("Shards");
        var after = request.path("ExclusiveStartShardId").asText("");
        var first = after.isEmpty() ? 0 : Integer.parseInt(after.substring(after.lastIndexOf('-') + 1)) + 1;
        var end = Math.min(shards.size(), first + SHARDS_PER_PAGE);
        for (var number = first; number < end; number++) {
            listed.addObject().put("ShardId", shardId(number)).putObject("SequenceNumberRange")
                    .put("StartingSequenceNumber", RecordTemplate.sequenceNumber(0));
        }
        if (end < shards.size()) {
            description.put("LastEvaluatedShardId", shardId(end - 1));
        }
        return answer;
    }

    private ObjectNode listStreams() {
        var answer = JSON.createObjectNode();
        stream(answer.putArray("Streams").addObject()).put("TableName", table);
        return answer;
    }

    private ObjectNode describeTable() {
        var answer = JSON.createObjectNode();
        var description = answer.putObject("Table").put("TableName", table).put("TableStatus", "ACTIVE")
                .put("LatestStreamArn", streamArn);
        description.putObject("StreamSpecification").put("StreamEnabled", true).put("StreamViewType", "NEW_IMAGE");
        keySchema(description);
        return answer;
    }

    private ObjectNode stream(ObjectNode description) {
        return description.put("StreamArn", streamArn).put("StreamLabel", streamArn.substring(streamArn.lastIndexOf('/') + 1));
    }

    private static void keySchema(ObjectNode description) {
        var keys = description.putArray("KeySchema");
        keys.addObject().put("AttributeName", RecordTemplate.PARTITION_KEY).put("KeyType", "HASH");
        keys.addObject().put("AttributeName", RecordTemplate.SORT_KEY).put("KeyType", "RANGE");
    }

    private static ByteBuffer bytes(ObjectNode json) throws IOException {
        return ByteBuffer.wrap(JSON.writeValueAsBytes(json));
    }

    private void thread(String name, Runnable task) {
        var thread = new Thread(task, THREADS + "-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A client that closes its connection, and {@link #close}, are no failures. */
    private static void ifOpen(boolean open, IOException failure) {
        if (open && !"Connection reset".equals(failure.getMessage()) && !"Broken pipe".equals(failure.getMessage())) {
            failure.printStackTrace();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var connection : connections) {
            connection.close();
        }
    }
}
