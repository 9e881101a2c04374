package io.distributary.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * A record in the JSON of GetRecords, as the SDK reads it: unknown fields and attribute types are skipped, null is
 * absent. A property test holds it to the SDK's own result.
 */
final class RecordJson {
    static final byte[] EVENT_ID = bytes("eventID");
    static final byte[] EVENT_NAME = bytes("eventName");
    static final byte[] EVENT_SOURCE = bytes("eventSource");
    static final byte[] DYNAMODB = bytes("dynamodb");
    static final byte[] USER_IDENTITY = bytes("userIdentity");
    static final byte[] CREATED = bytes("ApproximateCreationDateTime");
    static final byte[] KEYS = bytes("Keys");
    static final byte[] SEQUENCE_NUMBER = bytes("SequenceNumber");
    static final byte[] SIZE_BYTES = bytes("SizeBytes");
    private static final byte[] EVENT_VERSION = bytes("eventVersion");
    private static final byte[] AWS_REGION = bytes("awsRegion");
    private static final byte[] NEW_IMAGE = bytes("NewImage");
    private static final byte[] OLD_IMAGE = bytes("OldImage");
    private static final byte[] STREAM_VIEW_TYPE = bytes("StreamViewType");
    private static final byte[] PRINCIPAL_ID = bytes("PrincipalId");
    private static final byte[] TYPE = bytes("Type");

    private RecordJson() {
    }

    static Record record(JsonCursor in) {
        Record.Builder record = Record.builder();
        in.open('{');
        while (in.more('}')) {
            in.name();
            if (in.nameIs(DYNAMODB)) {
                record.dynamodb(in.isNull() ? null : change(in));
            } else if (in.nameIs(EVENT_ID)) {
                record.eventID(in.text());
            } else if (in.nameIs(EVENT_NAME)) {
                record.eventName(in.text());
            } else if (in.nameIs(EVENT_SOURCE)) {
                record.eventSource(in.text());
            } else if (in.nameIs(EVENT_VERSION)) {
                record.eventVersion(in.text());
            } else if (in.nameIs(AWS_REGION)) {
                record.awsRegion(in.text());
            } else if (in.nameIs(USER_IDENTITY)) {
                record.userIdentity(in.isNull() ? null : identity(in));
            } else {
                in.skip();
            }
        }
        return record.build();
    }

    private static StreamRecord change(JsonCursor in) {
        StreamRecord.Builder change = StreamRecord.builder();
        in.open('{');
        while (in.more('}')) {
            in.name();
            if (in.nameIs(NEW_IMAGE)) {
                change.newImage(attributes(in));
            } else if (in.nameIs(OLD_IMAGE)) {
                change.oldImage(attributes(in));
            } else if (in.nameIs(KEYS)) {
                change.keys(attributes(in));
            } else if (in.nameIs(CREATED)) {
                change.approximateCreationDateTime(instant(in));
            } else if (in.nameIs(SEQUENCE_NUMBER)) {
                change.sequenceNumber(in.text());
            } else if (in.nameIs(SIZE_BYTES)) {
                change.sizeBytes(integer(in));
            } else if (in.nameIs(STREAM_VIEW_TYPE)) {
                change.streamViewType(in.text());
            } else {
                in.skip();
            }
        }
        return change.build();
    }

    static Identity identity(JsonCursor in) {
        Identity.Builder identity = Identity.builder();
        in.open('{');
        while (in.more('}')) {
            in.name();
            if (in.nameIs(PRINCIPAL_ID)) {
                identity.principalId(in.text());
            } else if (in.nameIs(TYPE)) {
                identity.type(in.text());
            } else {
                in.skip();
            }
        }
        return identity.build();
    }

    /** Attributes by name in the JSON's order, or null. */
    static Map<String, AttributeValue> attributes(JsonCursor in) {
        if (in.isNull()) {
            return null;
        }
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        in.open('{');
        while (in.more('}')) {
            attributes.put(in.nameText(), value(in));
        }
        return Collections.unmodifiableMap(attributes);
    }

    private static AttributeValue value(JsonCursor in) {
        if (in.isNull()) {
            return null;
        }
        AttributeValue.Builder value = AttributeValue.builder();
        in.open('{');
        while (in.more('}')) {
            in.name();
            switch (in.nameCode()) {
                case 'S' -> value.s(in.text());
                case 'N' -> value.n(in.text());
                case 'B' -> value.b(binary(in));
                case 'M' -> value.m(attributes(in));
                case 'L' -> value.l(list(in, RecordJson::value));
                case 'S' << 8 | 'S' -> value.ss(list(in, JsonCursor::text));
                case 'N' << 8 | 'S' -> value.ns(list(in, JsonCursor::text));
                case 'B' << 8 | 'S' -> value.bs(list(in, RecordJson::binary));
                case 'B' << 24 | 'O' << 16 | 'O' << 8 | 'L' -> value.bool(in.bool());
                case 'N' << 24 | 'U' << 16 | 'L' << 8 | 'L' -> value.nul(in.bool());
                default -> in.skip();
            }
        }
        return value.build();
    }

    private static <T> List<T> list(JsonCursor in, Function<JsonCursor, T> element) {
        if (in.isNull()) {
            return null;
        }
        List<T> list = new ArrayList<>();
        in.open('[');
        while (in.more(']')) {
            list.add(element.apply(in));
        }
        return list;
    }

    private static SdkBytes binary(JsonCursor in) {
        String base64 = in.text();
        try {
            return base64 == null ? null : SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw in.wrong("base64 expected");
        }
    }

    /** Seconds since 1970, of which the SDK keeps milliseconds. */
    static Instant instant(JsonCursor in) {
        String seconds = in.text();
        try {
            return seconds == null ? null : Instant.ofEpochMilli(new BigDecimal(seconds).scaleByPowerOfTen(3).longValue());
        } catch (NumberFormatException e) {
            throw in.wrong("seconds since 1970 expected");
        }
    }

    static Long integer(JsonCursor in) {
        String digits = in.text();
        try {
            return digits == null ? null : Long.valueOf(digits);
        } catch (NumberFormatException e) {
            throw in.wrong("an integer expected");
        }
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
