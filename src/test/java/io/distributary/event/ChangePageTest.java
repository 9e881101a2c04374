package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

class ChangePageTest {
    /** What DynamoDB has not written yet, and what it never should: read as the SDK reads it. */
    @ParameterizedTest
    @ValueSource(strings = {
            "{}",
            " { } ",
            "{\"Records\":null,\"NextShardIterator\":null}",
            "{\"Records\":[],\"NextShardIterator\":\"a\\u00e9\\ud83d\\ude00\\n\\/\\\\\\\"\"}",
            "{\"NextShardIterator\":\"x\" , \"Records\" :\t[ { } ,\r\n{ \"dynamodb\" : { } } ]}",
            "{\"Records\":[{\"dynamodb\":null,\"eventID\":null,\"userIdentity\":null}]}",
            "{\"Records\":[{\"dynamodb\":{\"Keys\":null,\"NewImage\":null,\"SizeBytes\":null}}]}",
            "{\"Records\":[{\"dynamodb\":{\"Keys\":{},\"NewImage\":{},\"OldImage\":{}}}]}",
            "{\"Records\":[{\"eventName\":\"MODIFY\",\"eventSource\":\"aws:dynamodb\"},{\"eventName\":\"MODIFYING\",\"eventSource\":\"aws\"}]}",
            "{\"Records\":[{\"eventName\":\"\\u004dODIFY\",\"eventVersion\":1.1,\"awsRegion\":true}]}",
            "{\"Records\":[{\"new\":{\"a\":[1,{\"b\":\"}]\\\"\"},null,-1.5e3]},\"dynamodb\":{\"new\":[[]],\"SizeBytes\":12}}],\"New\":{}}",
            "{\"Records\":[{\"dynamodb\":{\"ApproximateCreationDateTime\":1.7E9}},"
                    + "{\"dynamodb\":{\"ApproximateCreationDateTime\":1763718906.1239}}]}",
            "{\"Records\":[{\"dynamodb\":{\"NewImage\":{\"a\":{},\"b\":null,\"c\":{\"X\":{\"y\":[\"}\"]}},\"d\":{\"S\":null},\"e\":{\"N\":5},"
                    + "\"f\":{\"S\":\"1\",\"N\":\"2\"},\"g\":{\"NULL\":false},\"h\":{\"UNKNOWN\":1},\"i\":{\"\":1}}}}]}",
            "{\"Records\":[{\"dynamodb\":{\"NewImage\":{\"a\":{\"SS\":[]},\"b\":{\"L\":[]},\"c\":{\"M\":{}},\"d\":{\"L\":[null,{\"S\":\"\"}]},"
                    + "\"e\":{\"BS\":[\"\",\"+\\/8=\"]},\"f\":{\"B\":\"\"},\"g\":{\"SS\":null},\"h\":{\"M\":null}}}}]}",
            "{\"Records\":[{\"dynamodb\":{\"NewImage\":{\"a\":{\"S\":\"1\"},\"a\":{\"S\":\"2\"}},\"Keys\":{\"pk\":{\"S\":\"\\\\\"}}}}]}",
    })
    void readsWhatTheSdkReads(String json) {
        ChangePagePropertiesTest.assertSameAsSdk(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void answerThatBreaksOffIsAnErrorWhereverItDoes() {
        byte[] json = ("{\"Records\":[{\"eventID\":\"1\",\"eventName\":\"MODIFY\",\"userIdentity\":{\"Type\":\"Service\"},\"dynamodb\":"
                + "{\"SizeBytes\":12,\"Keys\":{\"pk\":{\"S\":\"a\\u00e9\\n\"}},\"NewImage\":{\"a\":{\"L\":[{\"NULL\":true}]}}}}],"
                + "\"NextShardIterator\":null}").getBytes(StandardCharsets.UTF_8);
        assertEquals(1, ChangePage.read(json, Items.SOURCE).changes().size());
        for (int length = 0; length < json.length; length++) {
            byte[] part = Arrays.copyOf(json, length);
            assertThrows(EventReadException.class, () -> ChangePage.read(part, Items.SOURCE), () -> new String(part));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"B\":\"?\"}", "{\"BOOL\":\"yes\"}", "{\"S\":{}}", "{\"L\":{}}", "{\"M\":[]}", "\"text\"", "{\"S\":\"\\x\"}"})
    void imageThatNoItemHasFailsWhereItIsAskedFor(String value) {
        var event = ChangePage.read(("{\"Records\":[{\"eventID\":\"1\",\"dynamodb\":{\"NewImage\":{\"a\":" + value + "}}}]}")
                .getBytes(StandardCharsets.UTF_8), Items.SOURCE).changes().get(0);

        assertEquals("1", event.eventId());
        assertThrows(EventReadException.class, event::newImage);
    }

    @Test
    void everyAskerGetsTheSameRecord() {
        var event = ChangePage.read("{\"Records\":[{\"eventID\":\"1\"}]}".getBytes(StandardCharsets.UTF_8), Items.SOURCE).changes().get(0);

        assertSame(event.record(), event.record());
        assertEquals(Record.builder().eventID("1").build(), event.record());
    }

    @Test
    void imagesCannotBeChanged() {
        var event = ChangePage.read("{\"Records\":[{\"dynamodb\":{\"Keys\":{\"pk\":{\"S\":\"a\"}},\"NewImage\":{\"m\":{\"M\":{}}}}}]}"
                .getBytes(StandardCharsets.UTF_8), Items.SOURCE).changes().get(0);

        for (var map : List.of(event.keys(), event.newImage(), event.newImage().get("m").m())) {
            assertThrows(UnsupportedOperationException.class, () -> map.put("x", AttributeValue.fromS("x")));
        }
    }

    @Test
    void anAnswerOfTheSdkIsTakenAsItIs() {
        var record = Record.builder().eventID("1").eventName(OperationType.INSERT).build();
        var page = ChangePage.of(GetRecordsResponse.builder().records(record).build(), Items.SOURCE);

        assertSame(record, page.changes().get(0).record());
        assertNull(page.nextShardIterator());
        assertTrue(page.changes().get(0).keys().equals(Map.of()));
    }
}
