package io.distributary.validate.route;

import java.util.HashMap;
import java.util.Map;

import io.distributary.validate.Placeholders;
import io.distributary.validate.kamelet.Kamelet;

/** What a kamelet's placeholders stand for before any route uses it: their defaults, else what nobody knows. */
final class KameletValues {
    private KameletValues() {
    }

    static Map<String, String> of(Kamelet kamelet) {
        Map<String, String> values = new HashMap<>();
        kamelet.localNames().forEach(name -> values.put(name, String.valueOf(Placeholders.UNKNOWN)));
        kamelet.properties().forEach((name, property) -> {
            if (property.fallback() != null) {
                values.put(name, property.fallback());
            }
        });
        return values;
    }
}
