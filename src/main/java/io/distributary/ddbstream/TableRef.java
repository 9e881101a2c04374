package io.distributary.ddbstream;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.distributary.ddbstream.shard.StreamFinder;

/**
 * One of the tables that an endpoint names: by its name, or by the ARN of one of its streams.
 *
 * @param tableName the table's name
 * @param streamArn the one stream to read, or null for all of the table's, one after the other
 */
record TableRef(String tableName, String streamArn) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern STREAM_ARN = Pattern.compile("arn:[^:]+:dynamodb:[^:]*:[^:]*:table/([A-Za-z0-9_.-]+)/stream/[^/]+");

    /** @param names table names and stream ARNs, separated by commas */
    static List<TableRef> parse(String names) {
        List<TableRef> tables = new ArrayList<>();
        for (String part : names.split(",", -1)) {
            TableRef next = of(part.strip(), names);
            if (tables.stream().anyMatch(table -> table.tableName().equals(next.tableName()))) {
                throw new IllegalArgumentException("aws2-ddbstream:" + names + " names the table " + next.tableName() + " twice");
            }
            tables.add(next);
        }
        return tables;
    }

    private static TableRef of(String name, String names) {
        Matcher arn = STREAM_ARN.matcher(name);
        if (arn.matches()) {
            return new TableRef(arn.group(1), name);
        }
        if (NAME.matcher(name).matches()) {
            return new TableRef(name, null);
        }
        throw new IllegalArgumentException("aws2-ddbstream:" + names + ": '" + name + "' is neither a table's name nor the ARN of a"
                + " stream (arn:aws:dynamodb:REGION:ACCOUNT:table/TABLE/stream/LABEL)");
    }

    StreamFinder finder(StreamClients clients, Runnable describeTurn) {
        StreamLocator locator = new StreamLocator(tableName, clients, describeTurn);
        return streamArn == null ? locator : new PinnedStream(streamArn, locator);
    }
}
