package io.distributary.event;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * Reads stream records in Lambda's shape, as {@link EventFormat#DYNAMODB_JSON} writes and as Lambda hands them out:
 * single records, one after another or one per line, and {@code {"Records": [...]}}. Unknown fields beside the known
 * ones are skipped, unknown attribute types are an error.
 */
public final class DynamoDbJsonReader {
    private final JsonParser in;

    private DynamoDbJsonReader(JsonParser in) {
        this.in = in;
    }

    /**
     * All records of the document, in its order.
     *
     * @throws EventReadException where it is not JSON or not of that shape; it names line and column
     */
    public static List<LambdaRecord> read(byte[] json) {
        return JsonDocument.read(json, "record", in -> {
            var records = new ArrayList<LambdaRecord>();
            var reader = new DynamoDbJsonReader(in);
            while (in.nextToken() != null) {
                reader.record(records);
            }
            return records;
        });
    }

    /**
     * One item: attributes by name, each with its type, as scans and table exports have them.
     *
     * @throws EventReadException where it is not JSON or not of that shape; it names line and column
     */
    public static Map<String, AttributeValue> readItem(byte[] json) {
        return JsonDocument.read(json, "item", in -> {
            in.nextToken();
            new DynamoDbJsonReader(in).expect(JsonToken.START_OBJECT, "an item");
            return TypedAttributesReader.attributes(in);
        });
    }

    private void record(List<LambdaRecord> records) throws IOException {
        var record = Record.builder();
        String arn = null;
        boolean list = false;
        expect(JsonToken.START_OBJECT, "a record");
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "Records" -> {
                    list = true;
                    expect(JsonToken.START_ARRAY, "Records as a list");
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        record(records);
                    }
                }
                case "eventID" -> record.eventID(text(field));
                case "eventName" -> record.eventName(text(field));
                case "eventVersion" -> record.eventVersion(text(field));
                case "eventSource" -> record.eventSource(text(field));
                case "awsRegion" -> record.awsRegion(text(field));
                case "eventSourceARN" -> arn = text(field);
                case "dynamodb" -> record.dynamodb(change());
                case "userIdentity" -> record.userIdentity(identity());
                default -> in.skipChildren();
            }
        }
        if (!list) {
            records.add(new LambdaRecord(record.build(), arn));
        }
    }

    private StreamRecord change() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(JsonToken.START_OBJECT, "dynamodb as an object");
        var change = StreamRecord.builder();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            in.nextToken();
            try {
                switch (field) {
                    case "ApproximateCreationDateTime" -> change.approximateCreationDateTime(time());
                    case "Keys" -> change.keys(TypedAttributesReader.attributes(in));
                    case "NewImage" -> change.newImage(TypedAttributesReader.attributes(in));
                    case "OldImage" -> change.oldImage(TypedAttributesReader.attributes(in));
                    case "SequenceNumber" -> change.sequenceNumber(text(field));
                    case "SizeBytes" -> change.sizeBytes(size());
                    case "StreamViewType" -> change.streamViewType(text(field));
                    default -> in.skipChildren();
                }
            } catch (BadValueException e) {
                throw e.under(field).under("dynamodb");
            }
        }
        return change.build();
    }

    private Identity identity() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(JsonToken.START_OBJECT, "userIdentity as an object");
        var identity = Identity.builder();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "principalId" -> identity.principalId(text(field));
                case "type" -> identity.type(text(field));
                default -> in.skipChildren();
            }
        }
        return identity.build();
    }

    private Instant time() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!in.currentToken().isNumeric()) {
            throw new BadValueException("seconds since 1970 expected, found " + in.currentToken());
        }
        BigDecimal seconds = in.getDecimalValue();
        try {
            long whole = seconds.setScale(0, RoundingMode.FLOOR).longValueExact();
            BigDecimal fraction = seconds.subtract(BigDecimal.valueOf(whole));
            return Instant.ofEpochSecond(whole, fraction.movePointRight(9).longValue());
        } catch (ArithmeticException | DateTimeException e) {
            throw new BadValueException("not a time in seconds since 1970");
        }
    }

    private Long size() throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(JsonToken.VALUE_NUMBER_INT, "SizeBytes as a whole number");
        return in.getLongValue();
    }

    private String text(String field) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(JsonToken.VALUE_STRING, field + " as a string");
        return in.getText();
    }

    private void expect(JsonToken token, String what) {
        if (in.currentToken() != token) {
            throw new BadValueException(what + " expected, found " + in.currentToken());
        }
    }
}
