package io.distributary.event.camel;

import io.distributary.event.EventFormat;
import org.apache.camel.spi.DataTypeTransformer;

/** {@link EventFormat#DYNAMODB_JSON} as a data type. */
@DataTypeTransformer(name = "aws2-ddbstream:dynamodb-json",
        description = "The whole record, losslessly, in Lambda's shape")
public final class DynamoDbJsonDataType extends EventFormatTransformer {
    public DynamoDbJsonDataType() {
        super(EventFormat.DYNAMODB_JSON);
    }
}
