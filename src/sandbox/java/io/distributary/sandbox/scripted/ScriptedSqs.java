package io.distributary.sandbox.scripted;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;

/** SQS (JSON protocol) for {@link ScriptedEndpoint}: every queue of every account exists. */
public final class ScriptedSqs extends ScriptedEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json.isEmpty() ? "{}" : json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Call read(Headers headers, String body) {
        String action = headers.getFirst("X-Amz-Target").replace("AmazonSQS.", "");
        JsonNode request = tree(body);
        List<Sent> entries = new ArrayList<>();
        if (action.equals("SendMessageBatch")) {
            request.get("Entries").forEach(entry -> entries.add(sent(request, entry)));
        } else if (action.equals("SendMessage")) {
            entries.add(sent(request, request));
        }
        return new Call(action, entries, body);
    }

    private static Sent sent(JsonNode request, JsonNode entry) {
        Map<String, String> attributes = new TreeMap<>();
        for (var each : entry.path("MessageAttributes").properties()) {
            JsonNode value = each.getValue();
            attributes.put(each.getKey(), value.path("DataType").asText() + ":"
                    + value.path("StringValue").asText(value.path("BinaryValue").asText()));
        }
        return new Sent(request.path("QueueUrl").asText(), text(entry, "Id"), text(entry, "MessageBody"), text(entry, "MessageGroupId"),
                text(entry, "MessageDeduplicationId"), null, null, text(entry, "DelaySeconds"), attributes);
    }

    private static String text(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field).asText() : null;
    }

    @Override
    protected Answer accept(Call call, Fault.FailEntries fault) {
        if (call.action().equals("SendMessage")) {
            return new Answer(200, result(call.entries().get(0)).toString());
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode successful = answer.putArray("Successful");
        ArrayNode failed = answer.putArray("Failed");
        for (Sent entry : call.entries()) {
            if (fault != null && fault.which().test(entry)) {
                failed.addObject().put("Id", entry.id()).put("Code", fault.code()).put("SenderFault", fault.senderFault())
                        .put("Message", "as the script says");
            } else {
                successful.add(result(entry));
            }
        }
        return new Answer(200, answer.toString());
    }

    private static ObjectNode result(Sent entry) {
        ObjectNode result = JSON.createObjectNode().put("Id", entry.id()).put("MessageId", "id-of-" + entry.id())
                .put("MD5OfMessageBody", md5(entry.body().getBytes(StandardCharsets.UTF_8)));
        return entry.attributes().isEmpty() ? result : result.put("MD5OfMessageAttributes", md5(joined(entry.attributes())));
    }

    /** As the SQS developer guide says, "Calculating the MD5 message digest for message attributes"; the client checks it. */
    private static byte[] joined(Map<String, String> attributes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TreeMap<>(attributes).forEach((name, typed) -> {
            String type = typed.substring(0, typed.indexOf(':'));
            String value = typed.substring(typed.indexOf(':') + 1);
            boolean binary = type.startsWith("Binary");
            put(out, name.getBytes(StandardCharsets.UTF_8));
            put(out, type.getBytes(StandardCharsets.UTF_8));
            out.write(binary ? 2 : 1);
            put(out, binary ? Base64.getDecoder().decode(value) : value.getBytes(StandardCharsets.UTF_8));
        });
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    @Override
    protected Answer refuse(Fault.Refuse fault) {
        return new Answer(fault.status(), JSON.createObjectNode().put("__type", "com.amazonaws.sqs#" + fault.code())
                .put("message", fault.message()).toString());
    }

    @Override
    protected Answer other(Call call) {
        JsonNode request = tree(call.body());
        String queue = url() + "/" + request.path("QueueOwnerAWSAccountId").asText("000000000000") + "/"
                + request.path("QueueName").asText(request.path("QueueNamePrefix").asText());
        return new Answer(200, switch (call.action()) {
            case "GetQueueUrl", "CreateQueue" -> JSON.createObjectNode().put("QueueUrl", queue).toString();
            case "ListQueues" -> JSON.createObjectNode().set("QueueUrls", JSON.createArrayNode().add(queue)).toString();
            default -> "{}";
        });
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
