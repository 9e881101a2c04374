package io.distributary.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The JSON forms of an event. All are deterministic: equal items give equal bytes, whatever the order of their maps and
 * sets. Thread-safe.
 */
public enum EventFormat {
    /** The default envelope: ids, keys, native images, names of the changed attributes. */
    CHANGE_EVENT("change-event", EnvelopeWriter.INSTANCE),
    /** The envelope's first eight fields and no others, for consumers that know just these. */
    BASIC_EVENT("basic-event", EnvelopeWriter.BASIC),
    /** The new image alone as plain JSON. */
    NATIVE_JSON("native-json", new NewImageWriter(NativeAttributes.INSTANCE)),
    /** The whole record, losslessly, in Lambda's shape. */
    DYNAMODB_JSON("dynamodb-json", DynamoDbJsonWriter.STRICT),
    /** The new image alone as JSON that {@link TaggedJsonReader} turns back exactly. */
    TAGGED_JSON("tagged-json", new NewImageWriter(TaggedAttributes.INSTANCE)),
    /** A CloudEvent 1.0 in structured mode around the default envelope. */
    CLOUDEVENTS("cloudevents", CloudEventWriter.INSTANCE),
    /** Debezium's before, after, source, op. */
    DEBEZIUM_JSON("debezium-json", DebeziumWriter.INSTANCE);

    /** About what a form adds to the record's size. */
    private static final int FRAME = 512;

    private final String dataType;
    private final EventWriter writer;

    EventFormat(String name, EventWriter writer) {
        this.dataType = "aws2-ddbstream:" + name;
        this.writer = writer;
    }

    /** The name for {@code transformDataType}: {@code aws2-ddbstream:change-event}. */
    public String dataType() {
        return dataType;
    }

    /**
     * The event as UTF-8 JSON.
     *
     * @throws EventConversionException where the event cannot have this form; it names the place and the reason
     */
    public byte[] toBytes(ChangeEvent event) {
        return bytes(event, writer);
    }

    /** As {@link #toBytes}, as a String. */
    public String toJson(ChangeEvent event) {
        return new String(toBytes(event), StandardCharsets.UTF_8);
    }

    /**
     * Whether this JSON is, byte by byte, the event in this form: false where something else made or changed it.
     */
    public boolean isOf(ChangeEvent event, byte[] json) {
        try {
            return Arrays.equals(toBytes(event), json);
        } catch (EventConversionException e) {
            return false; // it cannot have this form
        }
    }

    /** Whether this form can have an old image. */
    public boolean hasOldImage() {
        return this != NATIVE_JSON && this != TAGGED_JSON;
    }

    /** The event's keys as one JSON object, as {@link #CHANGE_EVENT} has them. */
    public static String keysToJson(ChangeEvent event) {
        EventWriter.requireKeys(event);
        return new String(bytes(event, (each, out) -> EventWriter.under(each, "keys",
                () -> NativeAttributes.INSTANCE.attributes(out, each.keys()))), StandardCharsets.UTF_8);
    }

    /**
     * An attribute of the new image as plain JSON, as {@link #NATIVE_JSON} has it.
     *
     * @throws EventConversionException where there is none of that name, or it cannot be written
     */
    public static String attributeToJson(ChangeEvent event, String name) {
        AttributeValue value = event.newImage() == null ? null : event.newImage().get(name);
        if (value == null) {
            throw new EventConversionException(event, "new_image." + name, "the record does not have it");
        }
        return valueToJson(event, "new_image." + name, value);
    }

    /**
     * One attribute value as JSON, as {@link #CHANGE_EVENT} has it.
     *
     * @param path of the value, for the message where it cannot be written
     */
    public static String valueToJson(ChangeEvent event, String path, AttributeValue value) {
        return new String(bytes(event, (each, out) -> EventWriter.under(each, path,
                () -> NativeAttributes.INSTANCE.value(out, value, 0))), StandardCharsets.UTF_8);
    }

    /**
     * Writes the record in the shape of {@link #DYNAMODB_JSON} whatever it looks like: an unknown kind of change and
     * impossible numbers keep their text, a value of unknown type (of which the SDK keeps nothing) becomes {@code {}},
     * nesting may be deeper. For dead letters, whose record may be the poison. {@link DynamoDbJsonReader} reads it
     * back.
     */
    public static void writeRaw(ChangeEvent event, JsonGenerator out) throws IOException {
        out.writeRawValue(new String(toRawBytes(event), StandardCharsets.UTF_8));
    }

    /** As {@link #writeRaw}, as UTF-8 JSON. */
    public static byte[] toRawBytes(ChangeEvent event) {
        return bytes(event, DynamoDbJsonWriter.LENIENT);
    }

    /** Attributes in DynamoDB's own JSON, as an item of a table export has them; unknown types become {@code {}}. */
    public static byte[] toDynamoDbJson(Map<String, AttributeValue> attributes) {
        var out = new JsonBytes(FRAME);
        TypedAttributes.LENIENT.attributes(out, attributes);
        return out.toByteArray();
    }

    /** Sets the headers that tell a message's form: the content type and, for CloudEvents, their attributes. */
    public void writeHeaders(ChangeEvent event, Message message) {
        if (this == CLOUDEVENTS) {
            CloudEventWriter.writeHeaders(event, message);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
    }

    private static byte[] bytes(ChangeEvent event, EventWriter writer) {
        var out = new JsonBytes(event.sizeBytes() + FRAME);
        writer.write(event, out);
        return out.toByteArray();
    }
}
