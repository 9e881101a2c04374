package io.distributary.validate.kamelet;

import java.util.Map;
import java.util.Set;

import io.distributary.diagnosis.Suggestion;
import io.distributary.validate.Placeholders;
import io.distributary.validate.Problems;
import io.distributary.validate.endpoint.EndpointUse;
import io.distributary.validate.endpoint.EndpointUse.Value;

/** Whether there is the kamelet that a route names, and whether its parameters are known, fit, and are all there. */
public final class KameletUseCheck {
    private static final Set<String> CAMELS_OWN = Set.of("templateId", "routeId", "location", "noErrorHandler",
            "bridgeErrorHandler", "lazyStartProducer", "block", "failIfNoConsumers", "timeout", "uuid");

    private final Map<String, Kamelet> kamelets;
    private final String folder;
    private final Problems problems;

    /** @param kamelets by name */
    public KameletUseCheck(Map<String, Kamelet> kamelets, String folder, Problems problems) {
        this.kamelets = kamelets;
        this.folder = folder;
        this.problems = problems;
    }

    /** Reports what is wrong with a {@code kamelet:} endpoint. */
    public void check(EndpointUse use) {
        String name = use.path().split("/", 2)[0];
        if (name.equals("source") || name.equals("sink") || !isKnown(name)) {
            return;
        }
        Kamelet kamelet = kamelets.get(name);
        if (kamelet == null) {
            problems.error(use.at().place(), "there is no kamelet " + name + " in " + folder + ": "
                    + Suggestion.of(name, kamelets.keySet()));
            return;
        }
        if (use.consumer() != kamelet.type().equals("source") && !kamelet.type().isEmpty()) {
            problems.error(use.at().place(), "kamelet " + name + " is a" + (kamelet.type().equals("action") ? "n " : " ")
                    + kamelet.type() + (use.consumer() ? ": a route begins with a source" : ": a step can be an action or a sink"));
        }
        use.values().forEach(value -> parameter(kamelet, value));
        for (String required : kamelet.required()) {
            Kamelet.Property property = kamelet.properties().get(required);
            if (use.value(required).isEmpty() && (property == null || property.fallback() == null)) {
                problems.error(use.at().place(), "kamelet " + name + " needs " + required
                        + ": set it under parameters");
            }
        }
    }

    private void parameter(Kamelet kamelet, Value value) {
        Kamelet.Property property = kamelet.properties().get(value.name());
        if (property != null) {
            if (value.isKnown() && !value.text().isEmpty()) {
                property.problem(value.text()).ifPresent(problem -> problems.error(value.place(),
                        "kamelet " + kamelet.name() + ": " + value.name() + " is " + problem));
            }
        } else if (!CAMELS_OWN.contains(value.name())) {
            problems.error(value.place(), "kamelet " + kamelet.name() + " has no parameter " + value.name() + ": "
                    + Suggestion.of(value.name(), kamelet.properties().keySet()));
        }
    }

    private static boolean isKnown(String name) {
        return name.indexOf(Placeholders.UNKNOWN) < 0 && !name.contains("${");
    }
}
