package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;

/** Our reading of GetRecords' answers equals the SDK's, for everything that DynamoDB can hold and however it is written. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class ChangePagePropertiesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<JsonMapper> WRITERS = List.of(JSON,
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build(),
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build());

    @Provide
    Arbitrary<List<ChangeEvent>> pages() {
        return Items.events().list().ofMaxSize(4);
    }

    @Property(tries = 300)
    void readsWhatTheSdkReads(@ForAll("pages") List<ChangeEvent> events, @ForAll long seed) throws IOException {
        var random = new Random(seed);
        byte[] json = WRITERS.get(random.nextInt(WRITERS.size())).writeValueAsBytes(answer(events, random));

        assertSameAsSdk(json);
    }

    static void assertSameAsSdk(byte[] json) {
        GetRecordsResponse expected = SdkReading.of(json);
        ChangePage page = ChangePage.read(json, Items.SOURCE);
        String text = new String(json, StandardCharsets.UTF_8);

        assertEquals(expected.records(), page.changes().stream().map(ChangeEvent::record).collect(Collectors.toList()), text);
        assertEquals(expected.nextShardIterator(), page.nextShardIterator(), text);
        var sdk = ChangePage.of(expected, Items.SOURCE);
        for (int i = 0; i < page.changes().size(); i++) {
            assertSameFacts(sdk.changes().get(i), page.changes().get(i));
        }
    }

    private static void assertSameFacts(ChangeEvent expected, ChangeEvent event) {
        assertEquals(expected.eventId(), event.eventId());
        assertEquals(expected.eventNameText(), event.eventNameText());
        assertEquals(expected.sequenceNumber(), event.sequenceNumber());
        assertEquals(expected.approximateCreationDateTime(), event.approximateCreationDateTime());
        assertEquals(expected.sizeBytes(), event.sizeBytes());
        assertEquals(expected.streamViewType(), event.streamViewType());
        assertEquals(expected.keys(), event.keys());
        assertEquals(expected.newImage(), event.newImage());
        assertEquals(expected.oldImage(), event.oldImage());
        assertEquals(expected.itemKey(), event.itemKey());
        assertEquals(expected.ttlDelete(), event.ttlDelete());
        assertEquals(ChangeEventTest.headers(expected), ChangeEventTest.headers(event));
    }

    private static ObjectNode answer(List<ChangeEvent> events, Random random) throws IOException {
        ArrayNode records = JsonNodeFactory.instance.arrayNode();
        for (ChangeEvent event : events) {
            records.add(streamsShape((ObjectNode) JSON.readTree(EventFormat.DYNAMODB_JSON.toBytes(event))));
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        boolean first = random.nextBoolean();
        if (first) {
            answer.put("NextShardIterator", "arn:aws:dynamodb|1|\"quoted\\\"");
        }
        answer.set("Records", records);
        if (!first && random.nextBoolean()) {
            answer.put("NextShardIterator", "next");
        }
        return answer;
    }

    /** GetRecords writes the identity's fields with capitals, and has no ARN in the record. */
    static ObjectNode streamsShape(ObjectNode record) {
        if (record.get("userIdentity") instanceof ObjectNode identity) {
            identity.set("PrincipalId", identity.remove("principalId"));
            identity.set("Type", identity.remove("type"));
        }
        return record;
    }
}
