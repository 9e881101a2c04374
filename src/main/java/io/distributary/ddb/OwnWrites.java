package io.distributary.ddb;

import java.util.List;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventName;
import org.apache.camel.Exchange;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Tells the changes that we made ourselves from those of applications, so that a route can leave them out: a bean for
 * {@code filter}. Takes the change from the body, or from the exchange property that a transformation leaves. Needs a stream
 * with both images. Configure it before it is used; then it is thread-safe.
 */
public final class OwnWrites {
    private String versionAttribute = Attributes.VERSION;
    private String originAttribute = Attributes.ORIGIN;
    private String deletedAttribute = Attributes.DELETED;
    private String markAttribute = Attributes.MARK;
    private String origin;

    /**
     * Whether the change was made by {@code changeOperation=REPLICATE}. Every such write sets a version that the item did not
     * have, or deletes an item that we said deleted before; an application's write to a replicated item leaves our
     * attributes as they are, or has none.
     *
     * @throws IllegalArgumentException where the exchange has no single change, or that change lacks an image
     */
    public boolean isReplica(Exchange exchange) {
        ChangeEvent event = change(exchange);
        if (event.eventName() == EventName.REMOVE) {
            Map<String, AttributeValue> before = image(event, "old image", event.oldImage());
            return isTrue(before.get(deletedAttribute)) && isOrigin(before.get(originAttribute));
        }
        Map<String, AttributeValue> after = image(event, "new image", event.newImage());
        AttributeValue version = after.get(versionAttribute);
        if (version == null || !isOrigin(after.get(originAttribute))) {
            return false;
        }
        return event.eventName().begins()
                || !version.equals(image(event, "old image", event.oldImage()).get(versionAttribute));
    }

    /** The opposite of {@link #isReplica}: what a filter lets through. */
    public boolean isNotReplica(Exchange exchange) {
        return !isReplica(exchange);
    }

    /**
     * Whether the change is only {@code changeOperation=MARK}'s: nothing but the mark came to the item.
     *
     * @throws IllegalArgumentException where the exchange has no single change, or that change lacks an image
     */
    public boolean isMark(Exchange exchange) {
        ChangeEvent event = change(exchange);
        if (event.eventName() != EventName.MODIFY) {
            return false;
        }
        Map<String, AttributeValue> before = image(event, "old image", event.oldImage());
        image(event, "new image", event.newImage());
        return !before.containsKey(markAttribute) && event.changedAttributes().equals(List.of(markAttribute));
    }

    /** The opposite of {@link #isMark}: what a filter lets through. */
    public boolean isNotMark(Exchange exchange) {
        return !isMark(exchange);
    }

    private static ChangeEvent change(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        ChangeEvent event = body instanceof ChangeEvent change ? change
                : exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class);
        if (event == null) {
            throw new IllegalArgumentException("The exchange has no single change of a table: use the filter in a route from"
                    + " aws2-ddbstream with exchangeMode=record");
        }
        return event;
    }

    private static Map<String, AttributeValue> image(ChangeEvent event, String name, Map<String, AttributeValue> image) {
        if (image == null) {
            throw new IllegalArgumentException(event + " has no " + name + ", so whose change it is cannot be told: the stream's view"
                    + " type must be NEW_AND_OLD_IMAGES" + (event.streamViewType() == null ? "" : ", not " + event.streamViewType()));
        }
        return image;
    }

    private static boolean isTrue(AttributeValue value) {
        return value != null && Boolean.TRUE.equals(value.bool());
    }

    private boolean isOrigin(AttributeValue value) {
        return value != null && value.s() != null && (origin == null || origin.equals(value.s()));
    }

    public void setVersionAttribute(String versionAttribute) {
        this.versionAttribute = versionAttribute;
    }

    public void setOriginAttribute(String originAttribute) {
        this.originAttribute = originAttribute;
    }

    public void setDeletedAttribute(String deletedAttribute) {
        this.deletedAttribute = deletedAttribute;
    }

    public void setMarkAttribute(String markAttribute) {
        this.markAttribute = markAttribute;
    }

    /** Only replicas of this origin are meant; null, the default, means all. */
    public void setOrigin(String origin) {
        this.origin = origin;
    }
}
