package io.distributary.event.camel;

import io.distributary.event.EventFormat;
import org.apache.camel.spi.DataTypeTransformer;

/** {@link EventFormat#CHANGE_EVENT} as a data type. */
@DataTypeTransformer(name = "aws2-ddbstream:change-event",
        description = "The change in the default envelope: ids, keys, native images, changed attributes")
public final class ChangeEventDataType extends EventFormatTransformer {
    public ChangeEventDataType() {
        super(EventFormat.CHANGE_EVENT);
    }
}
