package io.distributary.opensearch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.distributary.coalesce.Part;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventFormat;
import io.distributary.event.EventName;
import io.distributary.event.ItemKey;
import io.distributary.opensearch.BulkAction.Verb;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.component.opensearch.OpensearchConstants;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes the actions of changes, as the endpoint's options say. The document is not parsed: numbers keep all digits. Thread-safe. */
final class BulkActions {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] LINE_END = {'\n'};
    private static final byte[] UPSERT_BEGIN = "{\"doc\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] UPSERT_END = ",\"doc_as_upsert\":true}\n".getBytes(StandardCharsets.UTF_8);
    /** An update that another writer of the same document gets in the way of is tried again by the server. */
    private static final int RETRY_ON_CONFLICT = 3;

    private final OpenSearchConfiguration options;
    private final NameTemplate index;
    private final NameTemplate routing;
    private final ItemVersion version;

    BulkActions(OpenSearchConfiguration options) {
        this.options = options;
        this.index = options.getIndexName() == null ? null : NameTemplate.parse(options.getIndexName());
        this.routing = options.getRouting() == null ? null : NameTemplate.parse(options.getRouting());
        this.version = new ItemVersion(options);
    }

    /** Where a document is. */
    private record Place(String index, String routing) {
    }

    /**
     * @throws IllegalArgumentException where the change lacks what the options need
     * @throws io.distributary.event.EventConversionException where it cannot be converted
     * @throws CamelExchangeException where the body is to be the document and cannot be
     */
    BulkAction of(Part part) throws CamelExchangeException {
        ChangeEvent event = part.event();
        boolean itemsDocument = options.getDocumentId() == DocumentId.ITEM_KEY;
        boolean delete = itemsDocument && event.eventName() == EventName.REMOVE;
        String id = id(part);
        Place place = place(part, event.newImage() != null ? event.newImage() : event.oldImage());
        List<byte[]> chunks = new ArrayList<>();
        List<Verb> verbs = new ArrayList<>();
        Place before = itemsDocument ? placeBefore(part) : null;
        if (before != null && !before.equals(place)) {
            chunks.add(actionLine(Verb.DELETE, before, id, event));
            verbs.add(Verb.DELETE);
        }
        Verb verb = delete ? Verb.DELETE : Verb.valueOf(options.getChangeOperation().name());
        chunks.add(actionLine(verb, place, id, event));
        verbs.add(verb);
        if (!delete) {
            byte[] document = document(part);
            if (verb == Verb.UPDATE) {
                chunks.addAll(List.of(UPSERT_BEGIN, document, UPSERT_END));
            } else {
                chunks.addAll(List.of(document, LINE_END));
            }
        }
        return BulkAction.of(chunks, verbs);
    }

    private String id(Part part) {
        String given = header(part, OpensearchConstants.PARAM_INDEX_ID);
        if (given != null) {
            return given;
        }
        if (options.getDocumentId() == DocumentId.ITEM_KEY) {
            return ItemKey.documentId(part.event().requireItemKey());
        }
        if (part.event().eventId() == null) {
            throw new IllegalArgumentException("documentId is EVENT_ID, but the record has no event id");
        }
        return part.event().eventId();
    }

    private Place place(Part part, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> attributes = item == null ? Map.of() : item;
        String name = header(part, OpensearchConstants.PARAM_INDEX_NAME);
        if (name == null) {
            if (index == null) {
                throw new IllegalArgumentException("no index: set indexName, or the header " + OpensearchConstants.PARAM_INDEX_NAME);
            }
            name = index.of(part.event(), attributes).toLowerCase(Locale.ROOT); // OpenSearch allows no other
        }
        return new Place(name, routing == null ? null : routing.of(part.event(), attributes));
    }

    /** Where the item's document was before a modification that may have moved it; null where that is not known, or cannot be. */
    private Place placeBefore(Part part) {
        Map<String, AttributeValue> old = part.event().oldImage();
        boolean movable = index != null && index.hasAttribute() || routing != null && routing.hasAttribute();
        if (!movable || old == null || part.event().eventName() != EventName.MODIFY) {
            return null;
        }
        try {
            return place(part, old);
        } catch (IllegalArgumentException attributeWasMissing) {
            return null; // so there was no document
        }
    }

    private byte[] actionLine(Verb verb, Place place, String id, ChangeEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(160);
        try (JsonGenerator out = JSON.createGenerator(line)) {
            out.writeStartObject();
            out.writeObjectFieldStart(verb.json());
            out.writeStringField("_index", place.index());
            out.writeStringField("_id", id);
            if (place.routing() != null) {
                out.writeStringField("routing", place.routing());
            }
            if (verb == Verb.UPDATE) {
                out.writeNumberField("retry_on_conflict", RETRY_ON_CONFLICT);
            }
            if (options.getPipeline() != null && verb != Verb.UPDATE && verb != Verb.DELETE) {
                out.writeStringField("pipeline", options.getPipeline());
            }
            Long number = version.of(event);
            if (number != null) {
                out.writeNumberField("version", number);
                out.writeStringField("version_type", options.getVersionType().parameter());
            }
            out.writeEndObject();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot happen: memory does not fail", e);
        }
        line.write('\n');
        return line.toByteArray();
    }

    private byte[] document(Part part) throws CamelExchangeException {
        if (options.getDocument() == DocumentBody.NEW_IMAGE) {
            return EventFormat.NATIVE_JSON.toBytes(part.event());
        }
        byte[] body = part.bodyAs(byte[].class).clone();
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '\n' || body[i] == '\r') {
                body[i] = ' '; // in JSON only ever between tokens; in _bulk it ends the document
            }
        }
        return body;
    }

    /** Of a single message; a batch's headers are none of a change's. */
    private static String header(Part part, String name) {
        return part.alone() ? part.exchange().getMessage().getHeader(name, String.class) : null;
    }
}
