package io.distributary.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** The items that the converter's benchmarks convert. */
public enum Sample {
    /** A flat order of eight attributes, about 200 bytes as JSON. */
    SMALL {
        @Override
        Map<String, AttributeValue> item(int version) {
            return Map.of(
                    "pk", AttributeValue.fromS("ORDER#4711"),
                    "sk", AttributeValue.fromS("METADATA"),
                    "version", number(Integer.toString(version)),
                    "status", AttributeValue.fromS(version == 1 ? "PLACED" : "SHIPPED"),
                    "customer", AttributeValue.fromS("customer-000815"),
                    "total", number("1234.95"),
                    "gift", AttributeValue.fromBool(true),
                    "tags", AttributeValue.fromL(List.of(AttributeValue.fromS("new"), AttributeValue.fromS("express"))));
        }
    },
    /** An order of about 1 KB as JSON: nested maps and lists, a set of each kind, binary, numbers. */
    LARGE {
        @Override
        Map<String, AttributeValue> item(int version) {
            var item = new TreeMap<>(SMALL.item(version));
            item.put("address", AttributeValue.fromM(Map.of(
                    "name", AttributeValue.fromS("Zoë Meyer"),
                    "street", AttributeValue.fromS("Lange Straße 12"),
                    "city", AttributeValue.fromS("Frankfurt am Main"),
                    "zip", AttributeValue.fromS("60311"),
                    "geo", AttributeValue.fromM(Map.of("lat", number("50.1109221"), "lon", number("8.6821267"))))));
            item.put("lines", AttributeValue.fromL(List.of(line(1), line(2), line(3), line(4))));
            item.put("coupons", AttributeValue.fromSs(List.of("WELCOME", "AUTUMN26", "FREE-SHIPPING")));
            item.put("warehouses", AttributeValue.fromNs(List.of("17", "4", "230", "8.5")));
            item.put("digests", AttributeValue.fromBs(List.of(binary("second"), binary("first"))));
            item.put("signature", AttributeValue.fromB(binary("0123456789abcdef0123456789abcdef")));
            item.put("cancelled", AttributeValue.fromNul(true));
            item.put("note", AttributeValue.fromS("Please ring twice, the bell of the side entrance is \"broken\".\n".repeat(3)));
            return item;
        }
    };

    private static final StreamSource SOURCE = new StreamSource("orders",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-11-20T10:00:00.000",
            "shardId-00000001763632800000-0a1b2c3d", "pk", "sk");

    /** The item's first or second version. */
    abstract Map<String, AttributeValue> item(int version);

    /** A MODIFY from the first version to the second, with both images. */
    Record record() {
        var image = item(2);
        return Record.builder().eventID("7f0c6a1b2d3e4f5061728394a5b6c7d8").eventName("MODIFY").eventVersion("1.1")
                .eventSource("aws:dynamodb").awsRegion("eu-west-1")
                .dynamodb(StreamRecord.builder().approximateCreationDateTime(Instant.parse("2026-11-20T10:00:07Z"))
                        .keys(Map.of("pk", image.get("pk"), "sk", image.get("sk"))).newImage(image).oldImage(item(1))
                        .sequenceNumber("4421584500000000017450439091").sizeBytes(1024L).streamViewType("NEW_AND_OLD_IMAGES").build())
                .build();
    }

    /** As the source makes it of each record. */
    ChangeEvent event(Record record) {
        return ChangeEvent.of(record, SOURCE);
    }

    private static AttributeValue line(int number) {
        return AttributeValue.fromM(Map.of(
                "sku", AttributeValue.fromS("SKU-" + number * 1013),
                "title", AttributeValue.fromS("Item number " + number + " of the order"),
                "quantity", number(Integer.toString(number)),
                "price", number(number * 7 + ".49")));
    }

    private static AttributeValue number(String text) {
        return AttributeValue.fromN(text);
    }

    private static SdkBytes binary(String text) {
        return SdkBytes.fromString(text, StandardCharsets.UTF_8);
    }
}
