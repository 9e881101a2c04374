package io.distributary.opensearch;

import java.math.BigDecimal;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventName;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The version that a change's writes carry. Thread-safe. */
final class ItemVersion {
    private final boolean versioned;
    private final String attribute;

    ItemVersion(OpenSearchConfiguration options) {
        versioned = options.getChangeOperation() == ChangeOperation.INDEX && options.getDocumentId() == DocumentId.ITEM_KEY
                && options.getVersionType() != VersionType.NONE;
        attribute = options.getVersionAttribute();
    }

    /**
     * Null for writes without one.
     *
     * @throws IllegalArgumentException where the item's version attribute is missing or no whole number
     */
    Long of(ChangeEvent event) {
        if (!versioned) {
            return null;
        }
        return attribute == null ? event.version() : Long.valueOf(ofAttribute(event));
    }

    private long ofAttribute(ChangeEvent event) {
        boolean removal = event.eventName() == EventName.REMOVE;
        Map<String, AttributeValue> image = removal ? event.oldImage() : event.newImage();
        if (image == null) {
            throw new IllegalArgumentException("versionAttribute is " + attribute + ", but the record has no "
                    + (removal ? "old" : "new") + " image; it takes a stream with view type "
                    + (removal ? "NEW_AND_OLD_IMAGES" : "NEW_IMAGE or NEW_AND_OLD_IMAGES"));
        }
        AttributeValue value = image.get(attribute);
        if (value == null || value.n() == null) {
            throw new IllegalArgumentException("versionAttribute is " + attribute + ", but the item has no such number");
        }
        long version;
        try {
            version = new BigDecimal(value.n()).longValueExact();
        } catch (ArithmeticException e) {
            version = -1;
        }
        if (version < 0 || version == Long.MAX_VALUE) {
            throw new IllegalArgumentException("versionAttribute " + attribute + " is " + value.n()
                    + ", but must be a whole number from 0 to 9223372036854775806");
        }
        // above the last write, so that a late copy of that one does not bring the document back
        return removal ? version + 1 : version;
    }
}
