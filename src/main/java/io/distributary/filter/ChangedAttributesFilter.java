package io.distributary.filter;

import java.util.Map;

import io.distributary.attributes.AttributePlaces;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Passes the changes that concern certain attributes: a MODIFY where one of them differs between the images. */
public final class ChangedAttributesFilter extends ChangeFilter {
    /** Which INSERTs, SNAPSHOTs included, or REMOVEs pass. */
    public enum Passing {
        /** Those of items that have one of the attributes. */
        IF_PRESENT,
        /** All. */
        ALWAYS,
        /** None. */
        NEVER
    }

    private AttributePlaces attributes;
    private Passing inserts = Passing.IF_PRESENT;
    private Passing removes = Passing.IF_PRESENT;

    @Override
    public boolean passes(ChangeEvent event) {
        return switch (event.eventName()) {
            case INSERT, SNAPSHOT -> passes(inserts, event, "new_image", inserts == Passing.IF_PRESENT ? event.newImage() : null);
            case REMOVE -> passes(removes, event, "old_image", removes == Passing.IF_PRESENT ? event.oldImage() : null);
            case MODIFY -> attributes.differ(required(event, "old_image", event.oldImage()), required(event, "new_image", event.newImage()));
        };
    }

    private boolean passes(Passing which, ChangeEvent event, String name, Map<String, AttributeValue> image) {
        return which == Passing.ALWAYS || which == Passing.IF_PRESENT && attributes.isIn(required(event, name, image));
    }

    private static Map<String, AttributeValue> required(ChangeEvent event, String name, Map<String, AttributeValue> image) {
        if (image == null) {
            throw new EventConversionException(event, name, "the record has none, so whether attributes changed cannot be told: the"
                    + " stream's view type must be NEW_AND_OLD_IMAGES" + (event.streamViewType() == null ? ""
                            : ", not " + event.streamViewType()));
        }
        return image;
    }

    /** @param paths as {@link AttributePlaces} reads them, separated by commas */
    public void setAttributes(String paths) {
        attributes = new AttributePlaces("attributes", paths);
    }

    public void setInserts(Passing inserts) {
        this.inserts = inserts;
    }

    public void setRemoves(Passing removes) {
        this.removes = removes;
    }
}
