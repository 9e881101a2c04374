package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** The fields of a change, whatever it was read from, are those of its dynamodb-json; all at once and each alone. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class RecordFieldsPropertiesTest {
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    @Provide
    Arbitrary<ChangeEvent> events() {
        return Items.events();
    }

    @Property(tries = 300)
    void theStreamsJsonHasTheFieldsOfLambdasShape(@ForAll("events") ChangeEvent any) throws IOException {
        ChangeEvent event = asRead(any);
        JsonNode lambda = JSON.readTree(EventFormat.DYNAMODB_JSON.toBytes(event));
        Map<String, List<String>> texts = new TreeMap<>();
        collect(lambda, "", texts);
        var paths = new TreeSet<>(texts.keySet());
        paths.addAll(List.of("userIdentity.principalId", "userIdentity.PrincipalId", "absent", "dynamodb.absent.S"));

        RecordFields all = RecordFields.at(paths);
        Map<String, List<String>> fields = read(all, sink -> all.read(event, sink));

        Map<String, List<String>> found = new TreeMap<>();
        fields.forEach((path, values) -> found.put(path, values.stream().map(value -> value.split(" ", 3)[2]).toList()));
        assertEquals(texts, found);
        assertEquals(fields, read(all, sink -> all.read(EventFormat.DYNAMODB_JSON.toBytes(event), sink)));
        assertEquals(fields, read(all, sink -> all.read(ChangeEvent.of(event.record(), event.source()), sink)));
        assertEquals(fields, read(all, sink -> all.read(event.withoutOldImage(), sink)));
        assertEquals(fields, read(all, sink -> all.read(ChangeEvent.of(event.record(), event.source()).withoutOldImage(), sink)));
        fields.keySet().forEach(path -> {
            RecordFields one = RecordFields.at(List.of(path));
            assertEquals(fields.get(path).size(), read(one, sink -> one.read(event, sink)).get(path).size(), path);
        });
    }

    @Property(tries = 300)
    void whatIsANumberToDynamoDbIsSaid(@ForAll("events") ChangeEvent any) {
        ChangeEvent event = asRead(any);
        RecordFields keys = RecordFields.at(List.of("dynamodb.Keys.pk.S", "dynamodb.Keys.pk.N", "dynamodb.Keys.pk.B"));
        read(keys, sink -> keys.read(event, sink)).forEach((path, values) ->
                assertTrue(values.get(0).startsWith(path.endsWith(".N") ? "NUMBER_TEXT " : "TEXT "), values.toString()));
    }

    /** The same change, as it comes from the stream. */
    private static ChangeEvent asRead(ChangeEvent event) {
        try {
            var record = (ObjectNode) JSON.readTree(EventFormat.DYNAMODB_JSON.toBytes(event));
            record.remove("eventSourceARN");
            var answer = JsonNodeFactory.instance.objectNode();
            answer.putArray("Records").add(ChangePagePropertiesTest.streamsShape(record));
            return ChangePage.read(JSON.writeValueAsBytes(answer), Items.SOURCE).changes().get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, List<String>> read(RecordFields fields, Consumer<RecordFields.Sink> reading) {
        var found = new HashMap<String, List<String>>();
        reading.accept((path, text, kind, arrays) -> found.computeIfAbsent(fields.paths().get(path), p -> new ArrayList<>())
                .add(kind + " " + Arrays.toString(arrays).replace(" ", "") + " " + text));
        return found;
    }

    private static void collect(JsonNode node, String path, Map<String, List<String>> texts) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> collect(field.getValue(),
                    path.isEmpty() ? field.getKey() : path + "." + field.getKey(), texts));
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, path, texts));
        } else {
            texts.computeIfAbsent(path, p -> new ArrayList<>()).add(node.isNumber() ? node.decimalValue().toPlainString() : node.asText());
        }
    }
}
