package io.distributary.event.camel;

import io.distributary.event.EventFormat;
import org.apache.camel.spi.DataTypeTransformer;

/** {@link EventFormat#CLOUDEVENTS} as a data type. */
@DataTypeTransformer(name = "aws2-ddbstream:cloudevents",
        description = "A CloudEvent 1.0 in structured mode around the default envelope")
public final class CloudEventDataType extends EventFormatTransformer {
    public CloudEventDataType() {
        super(EventFormat.CLOUDEVENTS);
    }
}
