package io.distributary.event.camel;

import io.distributary.event.EventFormat;
import org.apache.camel.spi.DataTypeTransformer;

/** {@link EventFormat#DEBEZIUM_JSON} as a data type. */
@DataTypeTransformer(name = "aws2-ddbstream:debezium-json",
        description = "The change as Debezium's before, after, source and op")
public final class DebeziumJsonDataType extends EventFormatTransformer {
    public DebeziumJsonDataType() {
        super(EventFormat.DEBEZIUM_JSON);
    }
}
