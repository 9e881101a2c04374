package io.distributary.event;

import java.time.Instant;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.cloudevents.CloudEvent;
import org.apache.camel.cloudevents.CloudEvents;

/**
 * A CloudEvent 1.0 in structured mode, its data the default envelope. The id is the stream's eventID and the source the
 * table, so the pair is the same however often and by whatever way the change is sent.
 */
final class CloudEventWriter implements EventWriter {
    static final CloudEventWriter INSTANCE = new CloudEventWriter();

    static final String CONTENT_TYPE = "application/cloudevents+json";

    private static final String DATA_CONTENT_TYPE = "application/json";

    private CloudEventWriter() {
    }

    @Override
    public void write(ChangeEvent event, JsonBytes out) {
        EventWriter.requireKeys(event);
        out.startObject();
        out.field("specversion", CloudEvents.v1_0.version());
        out.field("id", EventWriter.required(event, "event_id", event.eventId()));
        out.field("source", event.source().tableArn());
        out.field("type", type(event));
        out.field("subject", event.itemKey());
        Instant created = event.approximateCreationDateTime();
        if (created != null) {
            out.field("time", Rfc3339.text(created));
        }
        out.field("datacontenttype", DATA_CONTENT_TYPE);
        out.name("data");
        EnvelopeWriter.INSTANCE.write(event, out);
        out.endObject();
    }

    /** The same attributes as Camel's CloudEvent headers, for targets that send them in binary mode. */
    static void writeHeaders(ChangeEvent event, Message message) {
        message.setHeader(CloudEvent.CAMEL_CLOUD_EVENT_VERSION, CloudEvents.v1_0.version());
        message.setHeader(CloudEvent.CAMEL_CLOUD_EVENT_ID, event.eventId());
        message.setHeader(CloudEvent.CAMEL_CLOUD_EVENT_SOURCE, event.source().tableArn());
        message.setHeader(CloudEvent.CAMEL_CLOUD_EVENT_TYPE, type(event));
        message.setHeader(CloudEvent.CAMEL_CLOUD_EVENT_SUBJECT, event.itemKey());
        Instant created = event.approximateCreationDateTime();
        if (created != null) {
            message.setHeader(CloudEvent.CAMEL_CLOUD_EVENT_TIME, Rfc3339.text(created));
        }
        message.setHeader(CloudEvent.CAMEL_CLOUD_EVENT_DATA_CONTENT_TYPE, DATA_CONTENT_TYPE);
        message.setHeader(Exchange.CONTENT_TYPE, CONTENT_TYPE);
    }

    private static String type(ChangeEvent event) {
        return "aws.dynamodb." + event.eventName().lowerCase();
    }
}
