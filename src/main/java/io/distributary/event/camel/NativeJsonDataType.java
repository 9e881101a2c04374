package io.distributary.event.camel;

import io.distributary.event.EventFormat;
import org.apache.camel.spi.DataTypeTransformer;

/** {@link EventFormat#NATIVE_JSON} as a data type. */
@DataTypeTransformer(name = "aws2-ddbstream:native-json",
        description = "The new image as plain JSON")
public final class NativeJsonDataType extends EventFormatTransformer {
    public NativeJsonDataType() {
        super(EventFormat.NATIVE_JSON);
    }
}
