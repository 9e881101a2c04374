package io.distributary.event.camel;

import io.distributary.event.EventFormat;
import org.apache.camel.spi.DataTypeTransformer;

/** {@link EventFormat#TAGGED_JSON} as a data type. */
@DataTypeTransformer(name = "aws2-ddbstream:tagged-json",
        description = "The new image as JSON that can be turned back exactly")
public final class TaggedJsonDataType extends EventFormatTransformer {
    public TaggedJsonDataType() {
        super(EventFormat.TAGGED_JSON);
    }
}
