package io.distributary.opensearch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Part;
import io.distributary.opensearch.BulkAction.Verb;
import io.distributary.preview.Draft;
import io.distributary.preview.Drafts;
import org.apache.camel.Message;
import org.apache.camel.component.opensearch.OpensearchConstants;
import org.opensearch.client.opensearch._types.RequestBase;

/** The actions that {@link BulkProducer} would send, read from their lines. */
final class BulkDrafts implements Drafts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenSearchConfiguration options;
    private final BulkActions actions;
    private final String target;

    BulkDrafts(OpenSearchConfiguration options) {
        this.options = options;
        this.actions = new BulkActions(options);
        this.target = "opensearch:" + (options.getIndexName() == null ? options.getClusterName() : options.getIndexName());
    }

    @Override
    public List<Draft> of(Part part) throws Exception {
        if (part.event() == null) {
            throw new IllegalArgumentException("The exchange carries no change of a DynamoDB table");
        }
        BulkAction action = actions.of(part);
        if (action.bytes() > options.getMaxDocumentBytes()) {
            throw DeliveryException.tooLarge(target, part.id(), action.bytes(), options.getMaxDocumentBytes());
        }
        List<Draft> drafts = new ArrayList<>();
        Iterator<byte[]> lines = action.chunks().iterator();
        for (Verb verb : action.verbs()) {
            Map<String, Map<String, Object>> line = JSON.readValue(lines.next(), new TypeReference<>() { });
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("action", verb.json());
            fields.putAll(line.get(verb.json()));
            drafts.add(new Draft("opensearch:" + fields.get("_index"), fields, Map.of(), source(verb, lines)));
        }
        return drafts;
    }

    private static byte[] source(Verb verb, Iterator<byte[]> lines) throws IOException {
        if (verb == Verb.DELETE) {
            return null;
        }
        if (verb != Verb.UPDATE) {
            byte[] document = lines.next();
            lines.next(); // the line's end
            return document;
        }
        ByteArrayOutputStream update = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            update.write(lines.next());
        }
        return update.toString(StandardCharsets.UTF_8).stripTrailing().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String operation(Message message) {
        return operationOf(message);
    }

    /** Which stock operation a header asks for, or a request of OpenSearch's client as the body is; null for a change. */
    static String operationOf(Message message) {
        String operation = message.getHeader(OpensearchConstants.PARAM_OPERATION, String.class);
        return operation == null && message.getBody() instanceof RequestBase request ? request.getClass().getSimpleName() : operation;
    }
}
