package io.distributary.opensearch;

import static io.distributary.opensearch.ItemChanges.n;
import static io.distributary.opensearch.ItemChanges.s;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.distributary.coalesce.Part;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;

class BulkActionsTest {
    private static final String ID = "\"_id\":\"ORDER#1|x\"";

    private final OpenSearchConfiguration options = new OpenSearchConfiguration();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    BulkActionsTest() {
        options.setIndexName("orders");
    }

    @Test
    void aPutIndexesTheNewImageWithTheChangesVersion() throws Exception {
        assertEquals("{\"index\":{\"_index\":\"orders\"," + ID + ",\"version\":7,\"version_type\":\"external_gte\"}}\n"
                + "{\"pk\":\"ORDER#1\",\"sk\":\"x\",\"total\":12345678901234567890123456789012345678}\n",
                text(ItemChanges.put("ORDER#1", 7, Map.of("total", n("12345678901234567890123456789012345678")))));
    }

    @Test
    void aRemovalDeletes() throws Exception {
        assertEquals("{\"delete\":{\"_index\":\"orders\"," + ID + ",\"version\":8,\"version_type\":\"external_gte\"}}\n",
                text(ItemChanges.removed("ORDER#1", 8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CREATE | {'create':{'_index':'orders','_id':'ORDER#1!x','routing':'ORDER#1','pipeline':'p'}}~{'pk':'ORDER#1','sk':'x'}~",
        "UPDATE | {'update':{'_index':'orders','_id':'ORDER#1!x','routing':'ORDER#1','retry_on_conflict':3}}~"
                + "{'doc':{'pk':'ORDER#1','sk':'x'},'doc_as_upsert':true}~",
        "INDEX  | {'index':{'_index':'orders','_id':'ORDER#1!x','routing':'ORDER#1','pipeline':'p'}}~{'pk':'ORDER#1','sk':'x'}~"
    })
    void otherOperationsAndParameters(ChangeOperation operation, String expected) throws Exception {
        options.setChangeOperation(operation);
        options.setVersionType(VersionType.NONE);
        options.setRouting("{attribute:pk}");
        options.setPipeline("p");
        assertEquals(expected.replace('\'', '"').replace('~', '\n'),
                text(ItemChanges.put("ORDER#1", 7, Map.of())).replace("ORDER#1|x", "ORDER#1!x"));
    }

    @Test
    void eachChangeMayBecomeADocumentOfItsOwn() throws Exception {
        options.setChangeOperation(ChangeOperation.CREATE);
        options.setDocumentId(DocumentId.EVENT_ID);
        options.setDocument(DocumentBody.BODY);
        options.setIndexName("{table}-{date:yyyy.MM}");
        String text = text(ItemChanges.removed("ORDER#1", 8));
        assertTrue(text.startsWith("{\"create\":{\"_index\":\"orders-2026.11\",\"_id\":\"ORDER#1@8\"}}\n{\"event_id\":\"ORDER#1@8\""), text);
        options.setDocument(DocumentBody.NEW_IMAGE);
        assertThrows(EventConversionException.class, () -> text(ItemChanges.removed("ORDER#1", 8)));
    }

    @Test
    void aBodyIsWrittenAsItIsButOnOneLine() throws Exception {
        options.setDocument(DocumentBody.BODY);
        ChangeEvent event = ItemChanges.put("ORDER#1", 7, Map.of());
        exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
        exchange.getMessage().setBody("{\r\n  \"a\": 1.000000000000000000001,\n\"b\":\"\\n\"}");
        String text = text(new BulkActions(options).of(Part.of(exchange).get(0)));
        assertEquals("{    \"a\": 1.000000000000000000001, \"b\":\"\\n\"}\n", text.substring(text.indexOf('\n') + 1));
    }

    @Test
    void stockHeadersNameIndexAndId() throws Exception {
        exchange.getMessage().setHeader("indexName", "other");
        exchange.getMessage().setHeader("indexId", "mine");
        assertTrue(text(ItemChanges.put("ORDER#1", 7, Map.of())).startsWith("{\"index\":{\"_index\":\"other\",\"_id\":\"mine\","));
    }

    @Test
    void anItemThatMovesToAnotherIndexLeavesNoDocumentBehind() throws Exception {
        options.setIndexName("orders-{attribute:tenant}");
        assertEquals("""
                {"delete":{"_index":"orders-a","_id":"ORDER#1|x","version":7,"version_type":"external_gte"}}
                {"index":{"_index":"orders-b","_id":"ORDER#1|x","version":7,"version_type":"external_gte"}}
                {"pk":"ORDER#1","sk":"x","tenant":"B"}
                """, text(ItemChanges.change(OperationType.MODIFY, "ORDER#1", 7, Map.of("tenant", s("A")), Map.of("tenant", s("B")))));
        assertEquals(1, action(ItemChanges.change(OperationType.MODIFY, "ORDER#1", 7, Map.of("tenant", s("B")),
                Map.of("tenant", s("B")))).verbs().size(), "it stays where it is");
        assertEquals(1, action(ItemChanges.change(OperationType.MODIFY, "ORDER#1", 7, Map.of(), Map.of("tenant", s("B"))))
                .verbs().size(), "it was nowhere");
        assertTrue(text(ItemChanges.change(OperationType.REMOVE, "ORDER#1", 8, Map.of("tenant", s("B")), null))
                .startsWith("{\"delete\":{\"_index\":\"orders-b\""));
    }

    @ParameterizedTest
    @CsvSource({
        "MODIFY, 6,    7, 7",
        "REMOVE, 7,     , 8",
        "MODIFY,  ,    0, 0",
        "MODIFY,  , 12.0, 12",
        "MODIFY,  , 9223372036854775806, 9223372036854775806"
    })
    void anAttributeMayBeTheVersion(OperationType kind, String before, String after, long version) throws Exception {
        options.setVersionAttribute("v");
        String text = text(versioned(kind, before, after));
        assertTrue(text.contains("\"version\":" + version + ",\"version_type\":\"external_gte\"}"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1.5                 | versionAttribute v is 1.5, but must be a whole number from 0 to 9223372036854775806",
        "-1                  | versionAttribute v is -1, but must be a whole number from 0 to 9223372036854775806",
        "9223372036854775807 | versionAttribute v is 9223372036854775807, but must be a whole number from 0 to 9223372036854775806",
        "                    | versionAttribute is v, but the item has no such number"
    })
    void aVersionAttributeThatIsNoneIsAFailure(String value, String reason) {
        options.setVersionAttribute("v");
        assertEquals(reason, assertThrows(IllegalArgumentException.class,
                () -> text(versioned(OperationType.MODIFY, null, value))).getMessage());
    }

    @Test
    void whatTheOptionsNeedMustBeThere() {
        options.setIndexName(null);
        assertEquals("no index: set indexName, or the header indexName", assertThrows(IllegalArgumentException.class,
                () -> text(ItemChanges.put("ORDER#1", 7, Map.of()))).getMessage());
    }

    @Test
    void theBodyOfARequestIsAllLinesAndMayBeReadAgain() throws Exception {
        BulkBody body = new BulkBody(List.of(action(ItemChanges.put("a", 1, Map.of("t", s("ä")))), action(ItemChanges.removed("b", 2))));
        String once = new String(body.getContent().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(once, new String(body.getContent().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(once.getBytes(StandardCharsets.UTF_8).length, body.getContentLength());
        assertEquals(3, once.lines().count());
    }

    private static ChangeEvent versioned(OperationType kind, String before, String after) {
        Map<String, AttributeValue> none = Map.of();
        return ItemChanges.change(kind, "ORDER#1", 99, before == null ? none : Map.of("v", n(before)),
                kind == OperationType.REMOVE ? null : after == null ? none : Map.of("v", n(after)));
    }

    private String text(ChangeEvent event) throws Exception {
        return text(action(event));
    }

    private BulkAction action(ChangeEvent event) throws Exception {
        exchange.getMessage().setBody(event);
        return new BulkActions(options).of(Part.of(exchange).get(0));
    }

    private static String text(BulkAction action) throws Exception {
        return new String(new BulkBody(List.of(action)).getContent().readAllBytes(), StandardCharsets.UTF_8);
    }
}
