package io.distributary.opensearch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The lines of a {@code _bulk} request, sent from where they are; may be sent again. */
final class BulkBody extends AbstractHttpEntity {
    private static final ContentType NDJSON = ContentType.create("application/x-ndjson");

    private final List<BulkAction> actions;
    private final long length;

    BulkBody(List<BulkAction> actions) {
        super(NDJSON, null);
        this.actions = actions;
        this.length = actions.stream().mapToLong(BulkAction::bytes).sum();
    }

    @Override
    public long getContentLength() {
        return length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public InputStream getContent() {
        return new SequenceInputStream(Collections.enumeration(actions.stream().flatMap(action -> action.chunks().stream())
                .map(ByteArrayInputStream::new).toList()));
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (BulkAction action : actions) {
            for (byte[] chunk : action.chunks()) {
                out.write(chunk);
            }
        }
    }

    @Override
    public void close() {
        // holds nothing
    }
}
