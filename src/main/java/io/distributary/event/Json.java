package io.distributary.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** The one JSON factory. */
final class Json {
    /** Attribute names have up to 64 KB; closing after an exception must not complete the broken document. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(1 << 20).build())
            .build()
            .configure(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT, false);

    private Json() {
    }
}
