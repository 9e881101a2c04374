package io.distributary.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.apache.camel.Message;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * One change of one item: the stream's record and where it was read. Immutable, safe to share between threads.
 *
 * <p>No accessor but {@link #eventName()} throws, whatever the record looks like: an odd record fails where it is
 * converted, so it can go to a dead letter channel like any other. Images, and {@link #record()}, are read from the
 * stream's JSON when first asked for; where that is not DynamoDB's JSON they throw {@link EventReadException}.
 */
public final class ChangeEvent {
    /** Exchange property that keeps the event beside a transformed body, for dead letters and targets. */
    public static final String EXCHANGE_PROPERTY = "CamelAwsDdbStreamChangeEvent";
    /** Exchange property with the id of the user's route, where a kamelet's own has only a number. */
    public static final String ROUTE_PROPERTY = "CamelAwsDdbStreamRoute";

    final ChangeFacts facts;
    private final StreamSource source;
    /** The record as GetRecords has it; null where it was given as the SDK's. */
    final byte[] json;
    private final Long version;
    private volatile Record record;
    private final boolean oldImageDropped;

    // Computed when first asked for; two threads that race compute the same text.
    private String partitionKey;
    private String itemKey;

    private ChangeEvent(ChangeFacts facts, byte[] json, Record record, StreamSource source, Long version, boolean oldImageDropped) {
        this.facts = facts;
        this.json = json;
        this.record = record;
        this.source = Objects.requireNonNull(source, "source");
        this.version = version;
        this.oldImageDropped = oldImageDropped;
    }

    /** @param json never changed again */
    ChangeEvent(ChangeFacts facts, byte[] json, StreamSource source) {
        this(facts, json, null, source, null, false);
    }

    /**
     * Wraps a record as it came from GetRecords; looks at nothing yet, so a malformed record fails where it is
     * converted.
     */
    public static ChangeEvent of(Record record, StreamSource source) {
        return new ChangeEvent(ChangeFacts.of(Objects.requireNonNull(record, "record")), null, record, source, null, false);
    }

    /** The same change, with the {@link ChangeVersion} that its place in the shard gives it. */
    public ChangeEvent withVersion(long place) {
        return new ChangeEvent(facts, json, record, source, place, oldImageDropped);
    }

    /**
     * This change for a target that takes no larger one: its JSON forms have no old image, and say so. What differs
     * between the images is still known, and {@link #record()} is the same.
     */
    public ChangeEvent withoutOldImage() {
        return change().hasOldImage() ? new ChangeEvent(facts, json, record(), source, version, true) : this;
    }

    /**
     * The same change with other attributes: what a route goes on with where it hides, leaves out or renames some. Id, order
     * and version stay.
     *
     * @param change makes of the keys, and of each image there is, what takes its place
     * @param keys   names the key attributes of the result
     */
    public ChangeEvent withAttributes(UnaryOperator<Map<String, AttributeValue>> change, StreamSource keys) {
        Record changed = RecordChange.of(record(), change);
        return new ChangeEvent(facts.withKeys(changed.dynamodb() == null ? this.keys() : changed.dynamodb().keys()), null, changed, keys,
                version, oldImageDropped);
    }

    /** Whether the change has an old image that {@link #withoutOldImage()} leaves out. */
    public boolean oldImageDropped() {
        return oldImageDropped;
    }

    /** Higher than that of every earlier change of the item, see {@link ChangeVersion}; null where nothing gave it one. */
    public Long version() {
        return version;
    }

    /** {@link #version()}, or an {@link EventConversionException} where there is none. */
    public long requireVersion() {
        if (version == null) {
            throw new EventConversionException(this, "version", "the change has none: it was not read by aws2-ddbstream");
        }
        return version;
    }

    /** The SDK's record; always the same object. That of the stream, unless the event has {@link #withAttributes other attributes}. */
    public Record record() {
        Record read = record;
        if (read == null) {
            synchronized (facts) {
                read = record;
                if (read == null) {
                    read = RecordJson.record(new JsonCursor(json));
                    record = read;
                }
            }
        }
        return read;
    }

    private StreamRecord change() {
        StreamRecord change = record().dynamodb();
        return change == null ? StreamRecord.builder().build() : change;
    }

    public StreamSource source() {
        return source;
    }

    /** The stream's eventID: the one stable id of this change. Null only in a record that DynamoDB did not make. */
    public String eventId() {
        return facts.eventId();
    }

    /**
     * The kind of change.
     *
     * @throws EventConversionException where the record names none, or one that this version does not know
     */
    public EventName eventName() {
        EventName name = EventName.find(eventNameText());
        if (name == null) {
            String text = eventNameText();
            throw new EventConversionException(this, "event_name", text == null ? "the record names no kind of change"
                    : "unknown kind of change " + BadValueException.quoted(text));
        }
        return name;
    }

    /** The kind of change as the record names it; may be unknown to this version, or null. */
    public String eventNameText() {
        return facts.eventName();
    }

    /** Decimal digits. Null only in a record that DynamoDB did not make. */
    public String sequenceNumber() {
        return facts.sequenceNumber();
    }

    /** When the change was made, in whole seconds; null where the record does not say. */
    public Instant approximateCreationDateTime() {
        return facts.created();
    }

    /** The record's size as DynamoDB counts it, in bytes; 0 where the record does not say. */
    public long sizeBytes() {
        return facts.sizeBytes() == null ? 0 : facts.sizeBytes();
    }

    /**
     * What the stream's records carry: KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES; null where the record
     * does not say.
     */
    public String streamViewType() {
        return change().streamViewTypeAsString();
    }

    /** The key attributes; empty where the record has none. */
    public Map<String, AttributeValue> keys() {
        return facts.keys();
    }

    /** The item after the change, or null where the stream's view or the kind of change has none. */
    public Map<String, AttributeValue> newImage() {
        StreamRecord change = change();
        return change.hasNewImage() ? change.newImage() : null;
    }

    /** {@link #newImage()}, or an {@link EventConversionException} that says how to get one. */
    public Map<String, AttributeValue> requireNewImage() {
        return NewImageWriter.required(this);
    }

    /** The item before the change, or null where the stream's view or the kind of change has none, or it was dropped. */
    public Map<String, AttributeValue> oldImage() {
        StreamRecord change = change();
        return change.hasOldImage() && !oldImageDropped ? change.oldImage() : null;
    }

    /**
     * The names of the top-level attributes that differ between the images, those that came or went included, in code
     * point order; null unless both images are there. Sets are compared without regard to order.
     */
    public List<String> changedAttributes() {
        StreamRecord change = change();
        return change.hasNewImage() && change.hasOldImage()
                ? ChangedAttributes.between(change.oldImage(), change.newImage()) : null;
    }

    /**
     * Whether DynamoDB itself deleted the item because its time to live had passed; by the user identity that the
     * developer guide names ("DynamoDB Streams and Time to Live").
     */
    public boolean ttlDelete() {
        Identity identity = facts.userIdentity();
        return identity != null && "dynamodb.amazonaws.com".equals(identity.principalId())
                && "Service".equals(identity.type());
    }

    /** The partition key's canonical text (see {@link ItemKey}); null where the record has no usable one. */
    public String partitionKey() {
        String text = partitionKey;
        if (text == null) {
            text = ItemKey.text(facts.keys(), source.partitionKey());
            partitionKey = text;
        }
        return text;
    }

    /** The sort key's canonical text; null where the table has no sort key, or the record no usable one. */
    public String sortKey() {
        return source.sortKey() == null ? null : ItemKey.text(facts.keys(), source.sortKey());
    }

    /**
     * The item's key: both canonical texts joined and escaped. Never null and never throws: where the record has no
     * usable key it is {@link ItemKey#UNKNOWN}, one text for all such records, so that they stay in order among
     * themselves.
     */
    public String itemKey() {
        String text = itemKey;
        if (text == null) {
            text = hasUsableKeys() ? ItemKey.join(partitionKey(), sortKey()) : ItemKey.UNKNOWN;
            itemKey = text;
        }
        return text;
    }

    /**
     * The new image as plain Java, for routes that look into it: S String, N BigDecimal, B byte[], BOOL Boolean, M Map,
     * L and the sorted sets List.
     *
     * @throws EventConversionException without a new image, or with one that cannot be converted
     */
    public Map<String, Object> newImageAsMap() {
        try {
            return PlainJava.attributes(NewImageWriter.required(this), 0);
        } catch (BadValueException e) {
            throw new EventConversionException(this, e.path("new_image"), e.getMessage());
        }
    }

    /**
     * {@link #itemKey()} for ids of documents and the like, where no stand-in will do.
     *
     * @throws EventConversionException where the record has no usable key; it names the key
     */
    public String requireItemKey() {
        EventWriter.requireKeys(this);
        return itemKey();
    }

    /** Sets all of {@link ChangeEventHeaders}; what the record does not say is absent, never empty or a stand-in. */
    public void writeHeaders(Message message) {
        writeHeaders(message.getHeaders());
    }

    /** As {@link #writeHeaders(Message)}, into a message's map of headers. */
    public void writeHeaders(Map<String, Object> headers) {
        HeaderWriter.write(this, facts, headers);
    }

    /** Names the change, never the item's contents: this text ends up in logs. */
    @Override
    public String toString() {
        return eventNameText() + " of table " + source.tableName() + ", shard " + source.shardId()
                + ", sequence number " + sequenceNumber();
    }

    boolean hasUsableKeys() {
        return partitionKey() != null && (source.sortKey() == null || sortKey() != null);
    }
}
