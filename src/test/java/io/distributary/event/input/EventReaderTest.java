package io.distributary.event.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventReaderTest {
    private static final String ARN = "arn:aws:dynamodb:us-west-2:account-id:table/ExampleTableWithStream/stream/2015-06-27T00:48:05.899";
    /** The first of AWS's test event for Lambda, "dynamodb-update". */
    private static final String RECORD = """
            {
              "eventID": "1",
              "eventVersion": "1.0",
              "dynamodb": {
                "Keys": {"Id": {"N": "101"}},
                "NewImage": {"Message": {"S": "New item!"}, "Id": {"N": "101"}},
                "StreamViewType": "NEW_AND_OLD_IMAGES",
                "SequenceNumber": "111",
                "SizeBytes": 26
              },
              "awsRegion": "us-west-2",
              "eventName": "INSERT",
              "eventSourceARN": "%s",
              "eventSource": "aws:dynamodb"
            }""".formatted(ARN);
    private static final String ENVELOPE = """
            {"event_id":"e1","event_name":"MODIFY","table_name":"orders","sequence_number":"7","approximate_creation_time":\
            "2026-11-20T10:15:30Z","keys":{"pk":"A","sk":1},"new_image":{"n":1.50,"pk":"A","sk":1},"old_image":{"pk":"A","sk":1},\
            "changed":["n"]}""";
    private static final InputOptions KEYED = new InputOptions(null, "orders", "pk", null);

    private final List<String> notes = new ArrayList<>();

    private List<InputEvent> read(InputOptions options, byte[] json) throws IOException {
        List<InputEvent> events = new ArrayList<>();
        try (EventReader reader = new EventReader(new ByteArrayInputStream(json), "e.json", options, notes::add)) {
            reader.forEachRemaining(events::add);
        }
        return events;
    }

    private List<InputEvent> read(InputOptions options, String json) throws IOException {
        return read(options, json.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> forms() {
        String line = RECORD.replaceAll("\\R *", "");
        return Stream.of(
                Arguments.of("Lambda's test event", "{\"Records\": [" + RECORD + "," + RECORD + "]}", List.of("e.json:1", "e.json:1")),
                Arguments.of("one record", RECORD, List.of("e.json:1")),
                Arguments.of("one per line", line + "\n\n" + line + "\n", List.of("e.json:1", "e.json:3")),
                Arguments.of("an array", "[\n" + line + ",\n" + line + "\n]", List.of("e.json:2", "e.json:3")),
                Arguments.of("a byte order mark", "\ufeff" + line, List.of("e.json:1")),
                Arguments.of("nothing", " \n", List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void recordsOfAStreamAreReadWhole(String name, String json, List<String> places) throws IOException {
        List<InputEvent> events = read(InputOptions.NONE, json);
        assertEquals(places, events.stream().map(InputEvent::place).toList());
        for (InputEvent each : events) {
            ChangeEvent event = each.event();
            assertEquals("1 INSERT 101 ExampleTableWithStream 111 " + ARN, event.eventId() + " " + event.eventName() + " "
                    + event.itemKey() + " " + event.source().tableName() + " " + event.sequenceNumber() + " " + event.source().streamArn());
            assertEquals("New item!", event.newImage().get("Message").s());
            assertEquals(26, event.sizeBytes());
        }
        assertEquals(List.of(), notes);
    }

    @Test
    void gzippedFilesAreReadAsTheyAre() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(RECORD.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(1, read(InputOptions.NONE, zipped.toByteArray()).size());
    }

    @Test
    void anEnvelopeIsReadWithItsDigitsAndSaysWhatItLacks() throws IOException {
        ChangeEvent event = read(InputOptions.NONE, ENVELOPE).get(0).event();
        assertEquals(ENVELOPE, EventFormat.CHANGE_EVENT.toJson(event));
        assertEquals("1.50", event.newImage().get("n").n());
        assertEquals("A|1", event.itemKey());
        assertEquals(2, notes.size(), notes.toString());
        assertTrue(notes.get(0).startsWith("e.json: an envelope has no attribute types"), notes.get(0));
        assertTrue(notes.get(1).contains("pk is taken as the partition key"), notes.get(1));
    }

    @Test
    void keysSayWhichIsThePartitionKey() throws IOException {
        ChangeEvent event = read(new InputOptions(null, null, "sk", "pk"), ENVELOPE).get(0).event();
        assertEquals("1|A", event.itemKey());
        assertEquals(1, notes.size(), notes.toString());
    }

    @Test
    void aCloudEventIsItsEnvelope() throws IOException {
        String json = "{\"specversion\":\"1.0\",\"id\":\"e1\",\"data\":" + ENVELOPE + "}";
        assertEquals(ENVELOPE, EventFormat.CHANGE_EVENT.toJson(read(InputOptions.NONE, json).get(0).event()));
    }

    @Test
    void aDeadLetterGivesItsRecordVersionAndTarget() throws IOException {
        String json = "{\"format_version\":1,\"change_version\":77,\"target\":\"kamelet:x?queue=q\",\"record\":" + RECORD + "}";
        InputEvent read = read(InputOptions.NONE, json).get(0);
        assertEquals("kamelet:x?queue=q", read.target());
        assertEquals(77, read.event().version());
        assertEquals("1", read.event().eventId());
    }

    @Test
    void itemsAreInsertsWhoseIdsARepetitionDoesNotChange() throws IOException {
        String lines = "{\"Item\":{\"pk\":{\"S\":\"A\"},\"s\":{\"NS\":[\"2\",\"1\"]}}}\n{\"Item\":{\"s\":{\"NS\":[\"1\",\"2\"]},\"pk\":{\"S\":\"A\"}}}";
        List<InputEvent> events = read(KEYED, lines);
        assertEquals("INSERT A orders", events.get(0).event().eventName() + " " + events.get(0).event().itemKey() + " "
                + events.get(0).event().source().tableName());
        assertEquals(events.get(0).event().eventId(), events.get(1).event().eventId(), "the order of names and sets says nothing");
        assertTrue(events.get(0).event().eventId().matches("item-[0-9a-f]{32}"), events.get(0).event().eventId());
        assertNull(events.get(0).event().approximateCreationDateTime());
        assertEquals(2, read(KEYED, "{\"Items\":[{\"pk\":{\"S\":\"A\"}},\n{\"pk\":{\"S\":\"B\"}}],\"Count\":2}").size());
        InputOptions tagged = new InputOptions(EventForm.TAGGED_JSON, "orders", "pk", null);
        assertEquals(events.get(0).event().eventId(), read(tagged, "{\"pk\":\"A\",\"s\":{\"$NS\":[1,2]}}").get(0).event().eventId());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("text", InputOptions.NONE, "\nhello", "e.json:2: a JSON object expected, found 'h'"),
                Arguments.of("cut off", InputOptions.NONE, "\n\n{\"a\":\n", "e.json:3: the object that begins here is not closed"),
                Arguments.of("array cut off", InputOptions.NONE, "[\n", "e.json:2: the array is not closed"),
                Arguments.of("unknown form", InputOptions.NONE, "{\"a\":1}", "e.json:1: an object of none of the known forms (its fields: a)"),
                Arguments.of("no JSON", InputOptions.NONE, "\n{\"event_id\":\n\"e\", oops}", "e.json:3: not correct JSON"),
                Arguments.of("a field twice", InputOptions.NONE, "{\"a\":1,\"a\":2}", "e.json:1: not correct JSON: Duplicate field 'a'"),
                Arguments.of("no table", InputOptions.NONE, RECORD.replace(ARN, "x"), "has no eventSourceARN that names its table: name it with --table"),
                Arguments.of("an SQS event", InputOptions.NONE, "{\"Records\":[{\"messageId\":\"1\"}]}", "e.json:1: a record without dynamodb"),
                Arguments.of("bad type", InputOptions.NONE, RECORD.replace("\"N\": \"101\"", "\"X\": \"101\""), "e.json:5: column"),
                Arguments.of("bad time", InputOptions.NONE, ENVELOPE.replace("2026-11-20T10:15:30Z", "now"), "approximate_creation_time: a time like"),
                Arguments.of("no keys", InputOptions.NONE, ENVELOPE.replace("{\"pk\":\"A\",\"sk\":1},\"new", "null,\"new"), "e.json:1: keys is missing"),
                Arguments.of("keys no object", InputOptions.NONE, ENVELOPE.replace("{\"pk\":\"A\",\"sk\":1},\"new", "3,\"new"), "keys: an object expected"),
                Arguments.of("a dead letter that is elsewhere", InputOptions.NONE,
                        "{\"format_version\":1,\"attempts\":1,\"claim_check\":{\"bucket\":\"b\",\"key\":\"k/1\"}}",
                        "e.json:1: the dead letter's record is in S3, in s3://b/k/1: read that object in its place"),
                Arguments.of("items without a table", InputOptions.NONE, "{\"Item\":{}}", "name them with --table and --keys"),
                Arguments.of("an item without its key", KEYED, "{\"Item\":{\"a\":{\"S\":\"\"}}}", "the item has no attribute pk, which --keys names"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void whatCannotBeReadIsRefusedWithFileAndLine(String name, InputOptions options, String json, String message) {
        EventInputException refused = assertThrows(EventInputException.class, () -> read(options, json));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertTrue(refused.getMessage().startsWith("e.json:"), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
    }

    @Test
    void whatComesBeforeABadDocumentIsStillRead() throws IOException {
        try (EventReader reader = new EventReader(new ByteArrayInputStream((ENVELOPE + "\n{]").getBytes(StandardCharsets.UTF_8)), "-",
                InputOptions.NONE, notes::add)) {
            assertEquals("e1", reader.next().event().eventId());
            assertThrows(EventInputException.class, reader::hasNext);
        }
    }

    @Test
    void versionsGrowWithAnItemsChangesAndStayBelowThoseOfTheStream() throws IOException {
        long second = Instant.parse("2026-11-20T10:15:30Z").getEpochSecond();
        String same = ENVELOPE.replace("\"sequence_number\":\"7\"", "\"sequence_number\":\"8\"");
        String older = ENVELOPE.replace("\"sequence_number\":\"7\"", "\"sequence_number\":\"3\"");
        String other = ENVELOPE.replace("\"pk\":\"A\"", "\"pk\":\"B\"");
        List<Long> versions = read(InputOptions.NONE, String.join("\n", ENVELOPE, same, older, other)).stream()
                .map(each -> each.event().version() - (second << 30)).toList();
        assertEquals(List.of(0L, 1L, 0L, 0L), versions);
    }
}
