package io.distributary.sandbox.demo;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A shop's day in a few hundred writes: orders placed, paid, changed and cancelled, customers and products beside them,
 * audit entries that no target should see, every attribute type, and one poison record.
 *
 * <p>The same seed gives the same writes. Not thread-safe.
 */
final class OrdersWorkload {
    /** The order whose total is text: the index maps a number, so OpenSearch alone refuses it. */
    static final String POISON_KEY = "ORDER#POISON";

    private final Random random;
    private final Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    private final List<Write> writes = new ArrayList<>();
    private int serial = 1000;

    private OrdersWorkload(long seed) {
        random = new Random(seed);
    }

    /** One write; a null item deletes. */
    record Write(Map<String, AttributeValue> key, Map<String, AttributeValue> item) {
        void to(DynamoDbClient client, String table) {
            if (item == null) {
                client.deleteItem(request -> request.tableName(table).key(key));
            } else {
                client.putItem(request -> request.tableName(table).item(item));
            }
        }
    }

    /** The writes of one day, about {@code changes} of them. */
    static List<Write> writes(long seed, int changes) {
        OrdersWorkload workload = new OrdersWorkload(seed);
        int poisonAt = changes / 2;
        while (workload.writes.size() < changes) {
            if (workload.writes.size() == poisonAt) {
                workload.poison();
            }
            workload.next();
        }
        return workload.writes;
    }

    private void next() {
        int dice = random.nextInt(100);
        if (dice < 30 || items.isEmpty()) {
            put(order());
        } else if (dice < 40) {
            put(customer());
        } else if (dice < 50) {
            put(product());
        } else if (dice < 56) {
            put(audit());
        } else {
            Map<String, AttributeValue> item = pick();
            if (dice < 85) {
                put(changed(item));
            } else {
                remove(item);
            }
        }
    }

    private Map<String, AttributeValue> order() {
        Map<String, AttributeValue> item = item("ORDER#" + serial++, "METADATA");
        item.put("customer", text("CUSTOMER#" + (100 + random.nextInt(40))));
        item.put("status", text("PLACED"));
        item.put("total", number(BigDecimal.valueOf(random.nextInt(50_000), 2)));
        item.put("paid", AttributeValue.fromBool(false));
        item.put("coupon", AttributeValue.fromNul(true));
        item.put("address", AttributeValue.fromM(Map.of("street", text("Canal Road " + random.nextInt(90)), "city", text("Delft"))));
        item.put("lines", AttributeValue.fromL(List.of(line(), line())));
        item.put("tags", AttributeValue.fromSs(List.of("web", "gift", "pré-order")));
        item.put("parcel_weights", AttributeValue.fromNs(List.of("0.75", "12.5", "3.25")));
        item.put("receipt", AttributeValue.fromB(bytes("receipt " + serial)));
        item.put("signatures", AttributeValue.fromBs(List.of(bytes("picker"), bytes("packer"))));
        return item;
    }

    private AttributeValue line() {
        return AttributeValue.fromM(Map.of(
                "sku", text("PRODUCT#" + (10 + random.nextInt(20))),
                "quantity", number(BigDecimal.valueOf(1 + random.nextInt(5)))));
    }

    private Map<String, AttributeValue> customer() {
        Map<String, AttributeValue> item = item("CUSTOMER#" + (100 + random.nextInt(40)), "PROFILE");
        item.put("name", text("Customer " + serial++));
        item.put("newsletter", AttributeValue.fromBool(random.nextBoolean()));
        return item;
    }

    private Map<String, AttributeValue> product() {
        Map<String, AttributeValue> item = item("PRODUCT#" + (10 + random.nextInt(20)), "STOCK");
        item.put("on_hand", number(BigDecimal.valueOf(random.nextInt(500))));
        return item;
    }

    private Map<String, AttributeValue> audit() {
        Map<String, AttributeValue> item = item("AUDIT#" + serial++, "ENTRY");
        item.put("actor", text("night batch"));
        return item;
    }

    private void poison() {
        Map<String, AttributeValue> item = order();
        item.put("pk", text(POISON_KEY));
        item.put("total", text("twelve euros"));
        Map<String, AttributeValue> key = key(item);
        writes.add(new Write(key, item));
    }

    private Map<String, AttributeValue> changed(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
        changed.put("revision", number(BigDecimal.valueOf(serial++)));
        if (changed.containsKey("status")) {
            changed.put("status", text(random.nextBoolean() ? "PAID" : "SHIPPED"));
            changed.put("paid", AttributeValue.fromBool(true));
        }
        return changed;
    }

    private Map<String, AttributeValue> pick() {
        return items.values().stream().skip(random.nextInt(items.size())).findFirst().orElseThrow();
    }

    private void put(Map<String, AttributeValue> item) {
        items.put(item.get("pk").s(), item);
        writes.add(new Write(key(item), item));
    }

    private void remove(Map<String, AttributeValue> item) {
        items.remove(item.get("pk").s());
        writes.add(new Write(key(item), null));
    }

    private static Map<String, AttributeValue> item(String partition, String sort) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("pk", text(partition));
        item.put("sk", text(sort));
        return item;
    }

    private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
        return Map.of("pk", item.get("pk"), "sk", item.get("sk"));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(BigDecimal value) {
        return AttributeValue.fromN(value.toPlainString());
    }

    private static SdkBytes bytes(String value) {
        return SdkBytes.fromString(value, StandardCharsets.UTF_8);
    }
}
