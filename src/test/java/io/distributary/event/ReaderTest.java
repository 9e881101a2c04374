package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ReaderTest {
    /** The sample event of the Lambda developer guide, shortened. */
    private static final String LAMBDA = """
            {"Records": [
              {"eventID": "1", "eventVersion": "1.0", "awsRegion": "us-east-1", "eventName": "INSERT", "eventSource": "aws:dynamodb",
               "dynamodb": {"Keys": {"Id": {"N": "101"}}, "NewImage": {"Message": {"S": "New item!"}, "Id": {"N": "101"}},
                            "SequenceNumber": "111", "SizeBytes": 26, "StreamViewType": "NEW_AND_OLD_IMAGES",
                            "ApproximateCreationDateTime": 1428537600.5, "SomethingNew": [{}]},
               "eventSourceARN": "arn:aws:dynamodb:us-west-2:111122223333:table/ExampleTableWithStream/stream/2015-05-11T21:21:33.291",
               "somethingNew": {"a": [1]}, "userIdentity": null},
              {"eventID": "2", "eventName": "REMOVE", "dynamodb": {"Keys": {"Id": {"N": "101"}}}}
            ]}
            """;

    @Test
    void readsWhatLambdaHandsOut() {
        var records = DynamoDbJsonReader.read(bytes(LAMBDA));

        assertEquals(2, records.size());
        ChangeEvent event = records.get(0).toEvent();
        assertEquals("ExampleTableWithStream", event.source().tableName());
        assertEquals("Id", event.source().partitionKey());
        assertEquals("101", event.itemKey());
        assertEquals(EventName.INSERT, event.eventName());
        assertEquals(Instant.parse("2015-04-09T00:00:00.500Z"), event.approximateCreationDateTime());
        assertEquals(Map.of("Message", Records.s("New item!"), "Id", Records.n("101")), event.newImage());
        assertEquals("2", records.get(1).toEvent(event.source()).eventId());
        assertTrue(assertThrows(EventReadException.class, () -> records.get(1).toEvent()).getMessage().contains("eventSourceARN"));
    }

    @Test
    void readsOneRecordPerLine() {
        var line = EventFormat.DYNAMODB_JSON.toJson(Records.insert(Records.KEYS));

        assertEquals(2, DynamoDbJsonReader.read(bytes(line + "\n" + line + "\n")).size());
        assertEquals(0, DynamoDbJsonReader.read(bytes("")).size());
    }

    @Test
    void partitionKeyIsTheFirstOfOurOwnKeysWhateverItsName() {
        var source = new StreamSource("t", "arn:aws:dynamodb:x:1:table/t/stream/1", LambdaRecord.NO_SHARD, "z", "a");
        var event = ChangeEvent.of(Records.record("REMOVE",
                Records.change().keys(Map.of("a", Records.s("sort"), "z", Records.s("partition")))).build(), source);

        var read = DynamoDbJsonReader.read(EventFormat.DYNAMODB_JSON.toBytes(event)).get(0).toEvent();

        assertEquals(source, read.source());
        assertEquals("partition|sort", read.itemKey());
    }

    @Test
    void eventFromJsonWithoutKeysNeedsASource() {
        var record = DynamoDbJsonReader.read(bytes("{\"eventID\":\"7\",\"eventSourceARN\":\"arn:aws:dynamodb:x:1:table/t\"}")).get(0);

        assertEquals("the record (eventID 7) has no dynamodb.Keys", assertThrows(EventReadException.class, record::toEvent).getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
            "{\"dynamodb\":{\"NewImage\":{\"a\":{\"M\":{\"b\":{\"L\":[{\"X\":1}]}}}}}}~record.dynamodb.NewImage.a.b[0]: unknown attribute type \"X\"",
            "{\"dynamodb\":{\"Keys\":{\"a\":1}}}~record.dynamodb.Keys.a: a typed value such as {\"S\": \"text\"} expected, found VALUE_NUMBER_INT",
            "{\"dynamodb\":{\"Keys\":{\"a\":{\"N\":1}}}}~record.dynamodb.Keys.a: a string expected, found VALUE_NUMBER_INT",
            "{\"dynamodb\":{\"Keys\":{\"a\":{\"SS\":[\"x\",1]}}}}~record.dynamodb.Keys.a[1]: a string expected, found VALUE_NUMBER_INT",
            "{\"dynamodb\":{\"SizeBytes\":1.5}}~record.dynamodb.SizeBytes: SizeBytes as a whole number expected, found VALUE_NUMBER_FLOAT",
            "{\"dynamodb\":{\"ApproximateCreationDateTime\":\"now\"}}~seconds since 1970 expected, found VALUE_STRING",
            "{\"dynamodb\":{\"ApproximateCreationDateTime\":1E99}}~not a time in seconds since 1970",
            "{\"dynamodb\":{\"Keys\":{\"a\":{\"B\":\"*\"}}}}~Illegal character",
            "{\"eventID\":5}~record: eventID as a string expected, found VALUE_NUMBER_INT",
            "[]~record: a record expected, found START_ARRAY",
            "{\"eventID\":~Unexpected end-of-input",
            "oops~Unrecognized token 'oops'",
    })
    void saysWhereRecordJsonIsWrong(String json, String reason) {
        var message = assertThrows(EventReadException.class, () -> DynamoDbJsonReader.read(bytes("\n" + json))).getMessage();

        assertTrue(message.startsWith("line 2, column ") && message.contains(reason), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
            "{\"a\":[{\"$B\":\"*\"}]}~item.a[0][\"$B\"]: not base64",
            "{\"a\":{\"$X\":1}}~item.a[\"$X\"]: unknown tag",
            "{\"a\":{\"$SS\":[\"x\",1]}}~item.a[\"$SS\"][1]: a string expected",
            "{\"a\":{\"$NS\":[\"x\"]}}~item.a[\"$NS\"][0]: a number expected",
            "{\"a\":{\"$NS\":[{\"x\":1}]}}~item.a[\"$NS\"][0]: a number expected",
            "{\"a\":{\"$NS\":1}}~item.a[\"$NS\"]: a list expected",
            "{\"a\":{\"$M\":1}}~item.a[\"$M\"]: an object expected",
            "[]~item: one JSON object expected",
            "{} {}~item: one JSON object expected",
            "{\"a\":~Unexpected end-of-input",
    })
    void saysWhereTaggedJsonIsWrong(String json, String reason) {
        var message = assertThrows(EventReadException.class, () -> TaggedJsonReader.read(bytes("\n" + json))).getMessage();

        assertTrue(message.startsWith("line 2, column ") && message.contains(reason), message);
    }

    @Test
    void emptyTaggedJsonIsNoItem() {
        assertThrows(EventReadException.class, () -> TaggedJsonReader.read(new byte[0]));
    }

    @Test
    void dollarNamesBesideOthersAreNoTags() {
        assertEquals(Map.of("m", AttributeValue.fromM(Map.of("$B", Records.s("x"), "c", Records.n("1"))), "$B", Records.s("y")),
                TaggedJsonReader.read(bytes("{\"m\":{\"$B\":\"x\",\"c\":1},\"$B\":\"y\"}")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
