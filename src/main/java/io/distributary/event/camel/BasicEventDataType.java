package io.distributary.event.camel;

import io.distributary.event.EventFormat;
import org.apache.camel.spi.DataTypeTransformer;

/** {@link EventFormat#BASIC_EVENT} as a data type. */
@DataTypeTransformer(name = "aws2-ddbstream:basic-event",
        description = "The change in the default envelope's first eight fields: ids, keys, native images")
public final class BasicEventDataType extends EventFormatTransformer {
    public BasicEventDataType() {
        super(EventFormat.BASIC_EVENT);
    }
}
