package io.distributary.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;

/**
 * One of the set-ups that a benchmark compares: a route from a stream.
 *
 * @param <O>     the servers that the route needs
 * @param name    as given to {@code --only}
 * @param options the source's options in its URI
 * @param share   the part of the benchmark's records it gets, 1 for all; less for one that would take minutes
 * @param route   makes the context from the servers, the source's options and what counts acknowledged changes
 */
record Contender<O extends StreamOrigin>(String name, Map<String, String> options, double share, Route<O> route) {
    static final String STOCK_DEFAULTS = "stock-defaults";
    static final String STOCK_BEST = "stock-best";
    static final String OURS = "ours";

    /** Options by which stock Camel is fastest: all that its page holds, and the next page at once. */
    static final Map<String, String> BEST = ordered("maxResultsPerRequest", "1000", "greedy", "true", "delay", "1",
            "initialDelay", "0");

    /** Options by which our source is fastest: as many records in an exchange as a page holds, and the next batch meanwhile. */
    static final Map<String, String> BATCH = ordered("exchangeMode", "BATCH", "batchSize", "1000", "maxInFlight", "2000");

    /** Makes a context whose route, {@link Routes#ID}, is not started yet. */
    interface Route<O extends StreamOrigin> {
        CamelContext context(O origin, Map<String, String> options, Processor acknowledged) throws Exception;
    }

    /** Stock Camel as it comes: 100 records every 500 ms. */
    static Contender<Site> stockDefaults(double share) {
        return new Contender<>(STOCK_DEFAULTS, Map.of(), share, StockRoute::context);
    }

    static Contender<Site> stockBest() {
        return new Contender<>(STOCK_BEST, BEST, 1, StockRoute::context);
    }

    /** Our components as they come, by the same plain route as stock's. */
    static Contender<Site> ours() {
        return new Contender<>(OURS, Map.of(), 1, OwnRoute::plain);
    }

    /** Ours, asking an idle shard as often as stock does at its best. */
    static Contender<Site> oursPolling() {
        return new Contender<>("ours-delay-1", ordered("delay", "1"), 1, OwnRoute::plain);
    }

    /** Ours into the shipped kamelet. */
    static Contender<Site> oursKamelet() {
        return new Contender<>("ours-kamelet", Map.of(), 1, OwnRoute::kamelet);
    }

    /** Our source into stock's producer: what the source alone brings. */
    static Contender<Site> ourSource() {
        return new Contender<>("our-source", Map.of(), 1, OwnRoute::stockProducer);
    }

    CamelContext context(O origin, Processor acknowledged) throws Exception {
        var all = new LinkedHashMap<>(options);
        all.put("streamIteratorType", "FROM_START");
        return route.context(origin, all, acknowledged);
    }

    /** As a person writes them in a URI. */
    String optionText() {
        return options.isEmpty() ? "defaults"
                : options.entrySet().stream().map(o -> o.getKey() + "=" + o.getValue()).collect(Collectors.joining("&"));
    }

    private static Map<String, String> ordered(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
