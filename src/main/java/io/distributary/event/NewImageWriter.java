package io.distributary.event;

import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item as it is now, alone, as native or tagged JSON. */
final class NewImageWriter implements EventWriter {
    private final AttributeWriter values;

    NewImageWriter(AttributeWriter values) {
        this.values = values;
    }

    @Override
    public void write(ChangeEvent event, JsonBytes out) {
        EventWriter.requireKeys(event);
        Map<String, AttributeValue> image = required(event);
        EventWriter.under(event, "new_image", () -> values.attributes(out, image));
    }

    /** The new image, or the error that says how to get one. */
    static Map<String, AttributeValue> required(ChangeEvent event) {
        Map<String, AttributeValue> image = event.newImage();
        if (image != null) {
            return image;
        }
        if (event.eventName() == EventName.REMOVE) {
            throw new EventConversionException(event, "new_image",
                    "a REMOVE has no new image; filter REMOVE out before, or use aws2-ddbstream:change-event");
        }
        throw new EventConversionException(event, "new_image", "absent"
                + (event.streamViewType() == null ? "" : ", as the stream's view type is " + event.streamViewType())
                + "; it takes a stream with view type NEW_IMAGE or NEW_AND_OLD_IMAGES");
    }
}
