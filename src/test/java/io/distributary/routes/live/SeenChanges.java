package io.distributary.routes.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.distributary.event.ChangeEvent;
import io.nats.client.support.NatsJetStreamConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Remembers what passes on the way to the targets, and makes it a line: the item, its number, the version and the stamp. */
final class SeenChanges implements Processor {
    private final Map<String, Set<String>> lines = new HashMap<>();
    private final Map<String, Integer> totals = new HashMap<>();
    private int version;
    private int stamp;
    private int late;

    @Override
    public void process(Exchange exchange) {
        ChangeEvent event = exchange.getMessage().getBody(ChangeEvent.class);
        String line = event.keys().get("pk").s() + " " + event.newImage().get("n").n();
        synchronized (this) {
            lines.computeIfAbsent(exchange.getFromRouteId(), route -> new HashSet<>()).add(line);
            totals.merge(exchange.getFromRouteId(), 1, Integer::sum);
            int now = exchange.getMessage().getHeader("version", version, Integer.class);
            late += now < version ? 1 : 0;
            version = Math.max(version, now);
            stamp = Math.max(stamp, exchange.getMessage().getHeader("stamp", 0, Integer.class));
        }
        exchange.getMessage().setBody(line);
        exchange.getMessage().setHeader(NatsJetStreamConstants.MSG_ID_HDR, line + " " + exchange.getExchangeId()); // a repeat is to be seen
    }

    synchronized int different(String route) {
        return lines.getOrDefault(route, Set.of()).size();
    }

    synchronized int total(String route) {
        return totals.getOrDefault(route, 0);
    }

    /** The newest seen. */
    synchronized int version() {
        return version;
    }

    /** How often an old version was still at work after a newer one. */
    synchronized int late() {
        return late;
    }

    synchronized int stamp() {
        return stamp;
    }
}
