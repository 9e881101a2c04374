package io.distributary.validate.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.distributary.config.InvalidSettingsException;
import io.distributary.diagnosis.Suggestion;
import io.distributary.validate.Placeholders;
import io.distributary.validate.Problems;
import io.distributary.validate.endpoint.EndpointUse.Value;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.util.URISupport;

/** Whether there is such an endpoint, and whether its options exist, fit and go together. */
public final class EndpointCheck {
    private final Catalog catalog;
    private final CamelContext context;
    private final Problems problems;

    /** @param context makes the endpoints of our own components, whose rules are theirs; it is never started */
    public EndpointCheck(Catalog catalog, CamelContext context, Problems problems) {
        this.catalog = catalog;
        this.context = context;
        this.problems = problems;
    }

    /** Reports what is wrong with it. */
    public void check(EndpointUse use) {
        if (use.scheme().isEmpty()) {
            return;
        }
        Optional<ComponentModel> found = catalog.component(use.scheme());
        if (found.isEmpty()) {
            problems.error(use.at().place(), "there is no endpoint " + use.scheme() + ": "
                    + Suggestion.of(use.scheme(), catalog.schemes()));
            return;
        }
        ComponentModel component = found.get();
        boolean good = role(use, component) & path(use, component);
        for (Value value : use.values()) {
            good &= option(use, component, value);
        }
        if (good && use.isKnown() && component.scheme().equals(use.scheme())) {
            make(use);
        }
    }

    private boolean role(EndpointUse use, ComponentModel component) {
        boolean asConsumer = use.consumer() || use.polled();
        if (asConsumer && component.producerOnly()) {
            problems.error(use.at().place(), use.scheme() + " can only be sent to: a route cannot begin with it");
            return false;
        }
        if (!asConsumer && component.consumerOnly()) {
            problems.error(use.at().place(), use.scheme() + " can only be read: a route begins with it, and cannot send to it"
                    + (use.scheme().equals("aws2-ddbstream") ? "; aws2-ddb writes into a table" : ""));
            return false;
        }
        if (use.polled() && use.scheme().equals("aws2-ddbstream")) {
            problems.error(use.at().place(), "aws2-ddbstream cannot be polled: a polled record counts as processed before it is."
                    + " Begin a route with it");
            return false;
        }
        return true;
    }

    private boolean path(EndpointUse use, ComponentModel component) {
        Optional<EndpointOption> path = component.path();
        if (path.isPresent() && use.path().isBlank() && use.value(path.get().name()).isEmpty()) {
            problems.error(use.at().place(), use.scheme() + " needs a name: " + use.scheme() + ":"
                    + path.get().name());
            return false;
        }
        return true;
    }

    private boolean option(EndpointUse use, ComponentModel component, Value value) {
        Optional<EndpointOption> option = component.option(value.name())
                .filter(known -> !known.path() || use.path().isBlank());
        if (option.isEmpty()) {
            if (component.lenient() || value.name().indexOf(Placeholders.UNKNOWN) >= 0) {
                return true;
            }
            problems.error(value.place(), use.scheme() + " has no option " + value.name() + ": "
                    + Suggestion.of(value.name(), component.parameterNames()));
            return false;
        }
        String other = use.consumer() || use.polled() ? "producer" : "consumer";
        if (option.get().isOnlyFor(other)) {
            problems.warning(value.place(), use.scheme() + ": " + value.name() + " has no effect here, it is for "
                    + (other.equals("consumer") ? "routes that begin with this endpoint" : "sending to it"));
        }
        if (option.get().deprecated()) {
            problems.note(value.place(), use.scheme() + ": " + value.name() + " is deprecated");
        }
        Optional<String> problem = value.isKnown() ? option.get().problem(value.text()) : Optional.empty();
        problem.ifPresent(text -> problems.error(value.place(), use.scheme() + ": " + text));
        return problem.isEmpty();
    }

    /** Our own components refuse options that contradict each other when an endpoint is made; making one connects to nothing. */
    private void make(EndpointUse use) {
        if (!isOurs(use.scheme())) {
            return;
        }
        try {
            endpoint(use);
        } catch (Exception e) {
            Throwable root = root(e);
            if (!(root instanceof InvalidSettingsException)) { // those are reported where the settings are
                problems.error(use.at().place(), URISupport.sanitizeUri(
                        root.getMessage() == null ? root.toString() : root.getMessage()));
            }
        }
    }

    /** Makes it, without starting it and without the options that refer to beans: a bean may be a connection, made when looked up. */
    Endpoint endpoint(EndpointUse use) throws Exception {
        Map<String, Object> options = new LinkedHashMap<>();
        use.values().stream().filter(value -> !value.text().startsWith("#") && !value.text().isEmpty() && value.isKnown())
                .forEach(value -> options.put(value.name(), value.text()));
        Component component = context.getComponent(use.scheme(), true, false);
        return component.createEndpoint(use.scheme() + ":" + use.path(), options);
    }

    /** Whether a component of this application is behind the scheme. */
    boolean isOurs(String scheme) {
        Component bound = context.getRegistry().lookupByNameAndType(scheme, Component.class);
        return bound != null && bound.getClass().getName().startsWith("io.distributary.");
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
