package io.distributary.values;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.distributary.attributes.AttributePlaces;
import io.distributary.event.ChangeEvent;
import io.distributary.event.ExchangeChanges;
import io.distributary.event.ItemKey;
import io.distributary.fifo.FifoIds;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Lets a change go on when values of it are selected, as a message that tells of them; for all others the route ends here. A
 * bean for the selection kamelet. Thread-safe once started.
 */
public final class ValueSelection extends ServiceSupport implements Processor {
    /** Header with the selection's name. */
    static final String SELECTION = "selection";
    /** JetStream's message id, which is the event id unless it is given: one change can be selected more than once. */
    static final String JETSTREAM_MESSAGE_ID = "Nats-Msg-Id";

    private String name;
    private String partitionKey;
    private String sortKey;
    private String paths;
    private Condition condition = Condition.CHANGED;
    private String value;
    private Selection selection;

    /** Refuses options that contradict each other, when the route starts. */
    @Override
    protected void doInit() {
        try {
            selection = new Selection(name, template(partitionKey), template(sortKey), new AttributePlaces("paths", paths),
                    ValueCondition.of(condition, value));
            checkNames();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Selection " + name + ": " + e.getMessage(), e);
        }
    }

    private static KeyTemplate template(String text) {
        return text == null || text.isEmpty() ? null : KeyTemplate.parse(text);
    }

    private void checkNames() {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("it has no name");
        }
        Set<String> taken = new HashSet<>(SelectionMessage.FIELDS);
        for (KeyTemplate key : new KeyTemplate[] {selection.partitionKey(), selection.sortKey()}) {
            for (String each : key == null ? Collections.<String>emptyList() : key.names()) {
                if (!taken.add(each)) {
                    throw new IllegalArgumentException("the name {" + each + "} of a key is that of another field of the message");
                }
            }
        }
    }

    /**
     * @throws IllegalArgumentException where the exchange carries no single change
     * @throws io.distributary.event.EventConversionException where an image is missing that the kind of change has
     */
    @Override
    public void process(Exchange exchange) {
        ChangeEvent event = ExchangeChanges.require(exchange, "A selection");
        Selection.Selected selected = selection.of(event);
        if (selected == null) {
            exchange.setRouteStop(true);
            return;
        }
        exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
        Message message = exchange.getMessage();
        message.setBody(SelectionMessage.toJson(event, name, selected));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        for (Map.Entry<String, String> each : selected.names().entrySet()) {
            message.setHeader(each.getKey(), each.getValue());
        }
        message.setHeader(SELECTION, name);
        String id = event.eventId() + '/' + name;
        message.setHeader(FifoIds.DEDUPLICATION_ID, ItemKey.messageGroupId(id));
        message.setHeader(JETSTREAM_MESSAGE_ID, id);
    }

    /** The name by which receivers know what was selected. */
    public void setSelection(String selection) {
        this.name = selection;
    }

    /** What the partition key looks like, see {@link KeyTemplate}; any where it is not set. */
    public void setPartitionKey(String partitionKey) {
        this.partitionKey = partitionKey;
    }

    /** As the partition key. */
    public void setSortKey(String sortKey) {
        this.sortKey = sortKey;
    }

    /** Where the values are, separated by commas, as {@link AttributePlaces} takes them. */
    public void setPaths(String paths) {
        this.paths = paths;
    }

    public void setCondition(Condition condition) {
        this.condition = condition;
    }

    /** What the condition compares with, where it does. */
    public void setValue(String value) {
        this.value = value;
    }
}
