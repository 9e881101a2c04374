package io.distributary.ddbstream.shard;

import java.util.LinkedHashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls that fail and are tried again: logs when it begins and when all of it is over, not every time in between. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

    private final String table;
    private final Map<String, String> open = new LinkedHashMap<>();

    Trouble(String table) {
        this.table = table;
    }

    /** What is being done, with its table. */
    String named(String what) {
        return "table " + table + ": " + what;
    }

    /** @param what what is being tried, as {@code reading shard X}; the same words end it */
    synchronized void begin(String what, String reason) {
        boolean first = open.isEmpty();
        open.put(what, reason);
        if (first) {
            LOG.warn("Table {}: {} fails and will be tried again: {}", table, what, reason);
        }
    }

    synchronized void end(String what) {
        if (open.remove(what) != null && open.isEmpty()) {
            LOG.info("Table {}: {} works again", table, what);
        }
    }

    /** Why this fails at the moment, or null. */
    synchronized String reason(String what) {
        return open.get(what);
    }

    /** The oldest failure that still lasts, or null. */
    synchronized String current() {
        return open.entrySet().stream().findFirst().map(e -> e.getKey() + ": " + e.getValue()).orElse(null);
    }
}
