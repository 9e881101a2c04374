package io.distributary.backfill;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.distributary.ddbstream.SourceTable;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What DescribeTable says of the table. DynamoDB counts items and bytes about every six hours, so they are estimates.
 *
 * @param at          a moment before
 * @param id          of the table, or null
 * @param provisioned read capacity units per second, or 0 where they are on demand
 */
public record TableFacts(String arn, String id, Instant at, long items, long bytes, StreamViewType view, long provisioned) {
    /** Bytes of a strongly consistent read capacity unit. */
    private static final double UNIT = 4096;

    static TableFacts of(SourceTable.Description description) {
        TableDescription table = description.table();
        boolean throughput = table.provisionedThroughput() != null && table.provisionedThroughput().readCapacityUnits() != null;
        return new TableFacts(table.tableArn(), table.tableId(), description.at(), table.itemCount() == null ? 0 : table.itemCount(),
                table.tableSizeBytes() == null ? 0 : table.tableSizeBytes(),
                table.streamSpecification() == null ? null : table.streamSpecification().streamViewType(),
                throughput ? table.provisionedThroughput().readCapacityUnits() : 0);
    }

    static boolean isText(TableDescription table, String key) {
        return table.attributeDefinitions().stream()
                .anyMatch(each -> each.attributeName().equals(key) && each.attributeType() == ScalarAttributeType.S);
    }

    /** Of the whole table. */
    public double units() {
        return bytes / UNIT;
    }

    /** Of an item, more than nothing. */
    double unitsPerItem() {
        return items == 0 || bytes == 0 ? 1 : units() / items;
    }

    /** How long the rest takes, at so many units a second. */
    Duration lasts(double unitsDone, double perSecond) {
        return Duration.ofSeconds((long) (Math.max(0, units() - unitsDone) / Math.max(perSecond, 1e-3)));
    }

    /** For people. */
    String size() {
        return String.format(Locale.ROOT, "about %,d items, %,.1f MB, %,.0f read capacity units", items, bytes / 1e6, Math.ceil(units()));
    }
}
