package io.distributary.event.input;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonToken;
import io.distributary.event.ChangeEvent;
import io.distributary.event.DynamoDbJsonReader;
import io.distributary.event.EventFormat;
import io.distributary.event.LambdaRecord;
import io.distributary.event.Sha256;
import io.distributary.event.StreamSource;
import io.distributary.event.TaggedJsonReader;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Makes changes of one document. What a form does not carry is said once, never made up in silence. */
final class DocumentEvents {
    private static final Identity TTL = Identity.builder().principalId("dynamodb.amazonaws.com").type("Service").build();
    private static final int ID_LENGTH = 32;

    private final InputOptions options;
    private final Consumer<String> notes;

    /**
     * A change, and what a dead letter says beside it.
     *
     * @param version or null
     * @param target  or null
     */
    record Read(ChangeEvent event, Long version, String target) {
    }

    /** @param notes takes what was assumed, one sentence each; the same may come again */
    DocumentEvents(InputOptions options, Consumer<String> notes) {
        this.options = options;
        this.notes = notes;
    }

    /**
     * @throws IllegalArgumentException               where something is missing or the form is none
     * @throws JsonProblem                            where it is not correct JSON
     * @throws io.distributary.event.EventReadException as that
     */
    List<Read> read(byte[] json) {
        JsonFields fields = JsonFields.of(json);
        EventForm form = options.form() != null ? options.form() : EventForm.recognise(fields.names());
        if (form == null) {
            throw new IllegalArgumentException("an object of none of the known forms (its fields: " + String.join(", ", fields.names())
                    + "); name the form with --format: " + EventForm.names());
        }
        return switch (form) {
            case LAMBDA -> DynamoDbJsonReader.read(json).stream().map(record -> new Read(event(record), null, null)).toList();
            case CHANGE_EVENT -> List.of(new Read(envelope(fields), null, null));
            case CLOUDEVENTS -> List.of(new Read(envelope(JsonFields.of(object(fields, "data"))), null, null));
            case DEAD_LETTER -> List.of(deadLetter(fields));
            case ITEMS -> items(fields).stream().map(item -> new Read(insert(DynamoDbJsonReader.readItem(item)), null, null)).toList();
            case TAGGED_JSON -> List.of(new Read(insert(TaggedJsonReader.read(json)), null, null));
        };
    }

    private ChangeEvent event(LambdaRecord record) {
        if (record.record().dynamodb() == null) {
            throw new IllegalArgumentException("a record without dynamodb is none of a DynamoDB stream");
        }
        Map<String, AttributeValue> keys = record.record().dynamodb().keys();
        String arn = record.eventSourceArn();
        String table = options.table();
        if (table == null) {
            if (arn == null || !arn.contains(":table/")) {
                throw new IllegalArgumentException("the record (eventID " + record.record().eventID()
                        + ") has no eventSourceARN that names its table: name it with --table");
            }
            table = arn.replaceFirst(".*:table/", "").replaceFirst("/.*", "");
        }
        return record.toEvent(source(table, arn == null ? madeUpArn(table) : arn, keys));
    }

    private ChangeEvent envelope(JsonFields fields) {
        byte[] keyJson = object(fields, "keys");
        Map<String, AttributeValue> keys = NativeJson.attributes(keyJson);
        String table = options.table() != null ? options.table() : fields.required("table_name");
        notes.accept("an envelope has no attribute types: sets are read as lists and binaries as text, and stream, shard and size"
                + " are not known");
        if (fields.isTrue("old_image_dropped")) {
            notes.accept("an envelope without the old image it had is read as one that never had it");
        }
        StreamRecord.Builder change = StreamRecord.builder().keys(keys).sequenceNumber(fields.text("sequence_number"))
                .approximateCreationDateTime(time(fields.text("approximate_creation_time")))
                .newImage(NativeJson.attributes(fields.object("new_image")))
                .oldImage(NativeJson.attributes(fields.object("old_image")));
        Record record = Record.builder().eventID(fields.required("event_id")).eventName(fields.required("event_name"))
                .userIdentity(fields.isTrue("ttl_delete") ? TTL : null).dynamodb(change.build()).build();
        return ChangeEvent.of(record, source(table, madeUpArn(table), keys));
    }

    private Read deadLetter(JsonFields fields) {
        if (fields.object("record") == null && fields.object("claim_check") != null) {
            JsonFields claim = JsonFields.of(fields.object("claim_check"));
            throw new IllegalArgumentException("the dead letter's record is in S3, in s3://" + claim.text("bucket") + '/' + claim.text("key")
                    + ": read that object in its place");
        }
        byte[] json = object(fields, "record");
        String version = fields.text("change_version");
        List<LambdaRecord> records = DynamoDbJsonReader.read(json);
        return new Read(event(records.get(0)), version == null ? null : Long.valueOf(version), fields.text("target"));
    }

    private static List<byte[]> items(JsonFields fields) {
        byte[] item = fields.object("Item");
        if (item != null) {
            return List.of(item);
        }
        byte[] array = fields.array("Items");
        if (array == null) {
            throw new IllegalArgumentException("neither Item nor Items is there");
        }
        return NativeJson.parse(array, in -> {
            List<byte[]> items = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                int start = (int) in.currentTokenLocation().getByteOffset();
                in.skipChildren();
                items.add(Arrays.copyOfRange(array, start, (int) in.currentLocation().getByteOffset()));
            }
            return items;
        });
    }

    /** The same item always makes the same change, so that a repetition is recognisable. */
    private ChangeEvent insert(Map<String, AttributeValue> item) {
        if (options.table() == null || options.partitionKey() == null) {
            throw new IllegalArgumentException("items do not tell their table and keys: name them with --table and --keys");
        }
        Map<String, AttributeValue> keys = new LinkedHashMap<>();
        key(item, options.partitionKey(), keys);
        if (options.sortKey() != null) {
            key(item, options.sortKey(), keys);
        }
        notes.accept("items are read as INSERTs without a time, their event ids made of table and item, their sequence number 0");
        byte[] hashed = (options.table() + '\n' + new String(EventFormat.toDynamoDbJson(item), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        Record record = Record.builder().eventID("item-" + Sha256.hex(hashed).substring(0, ID_LENGTH)).eventName("INSERT")
                .eventSource("aws:dynamodb")
                .dynamodb(StreamRecord.builder().keys(keys).newImage(item).sequenceNumber("0").build()).build();
        return ChangeEvent.of(record, source(options.table(), madeUpArn(options.table()), keys));
    }

    private static void key(Map<String, AttributeValue> item, String name, Map<String, AttributeValue> keys) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the item has no attribute " + name + ", which --keys names as a key");
        }
        keys.put(name, value);
    }

    private StreamSource source(String table, String arn, Map<String, AttributeValue> keys) {
        if (options.partitionKey() != null) {
            return new StreamSource(table, arn, LambdaRecord.NO_SHARD, options.partitionKey(), options.sortKey());
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the change has no keys: name them with --keys");
        }
        Iterator<String> names = keys.keySet().iterator();
        String first = names.next();
        String second = names.hasNext() ? names.next() : null;
        if (second != null) {
            notes.accept("of the keys of table " + table + ", " + first + " is taken as the partition key, as it comes first; --keys says"
                    + " it otherwise");
        }
        return new StreamSource(table, arn, LambdaRecord.NO_SHARD, first, second);
    }

    private static byte[] object(JsonFields fields, String name) {
        byte[] json = fields.object(name);
        if (json == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return json;
    }

    private static Instant time(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("approximate_creation_time: a time like 2026-01-31T12:00:00Z expected, found " + text, e);
        }
    }

    /** Names the table, and no region or account, as they are not known. */
    private static String madeUpArn(String table) {
        return "arn:aws:dynamodb:::table/" + table + "/stream/" + LambdaRecord.NO_SHARD;
    }
}
