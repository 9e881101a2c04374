package io.distributary.validate.endpoint;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A component, as its catalog entry describes it.
 *
 * @param lenient    whether its endpoints take options that nobody knows
 * @param options    of its endpoints
 * @param properties of the component itself, {@code camel.component.SCHEME.*}
 */
record ComponentModel(String scheme, boolean consumerOnly, boolean producerOnly, boolean lenient,
        Map<String, EndpointOption> options, Map<String, EndpointOption> properties) {
    static ComponentModel of(String scheme, JsonNode json) {
        JsonNode component = json.path("component");
        return new ComponentModel(scheme, component.path("consumerOnly").asBoolean(), component.path("producerOnly").asBoolean(),
                component.path("lenientProperties").asBoolean(), options(json.path("properties")),
                options(json.path("componentProperties")));
    }

    private static Map<String, EndpointOption> options(JsonNode json) {
        Map<String, EndpointOption> options = new LinkedHashMap<>();
        json.properties().forEach(option -> options.put(option.getKey(), EndpointOption.of(option.getKey(), option.getValue())));
        return options;
    }

    /** The option of this name, or the one that it begins with where that one takes any rest. */
    Optional<EndpointOption> option(String name) {
        EndpointOption exact = options.get(name);
        return exact != null ? Optional.of(exact)
                : options.values().stream().filter(option -> option.multiValue() && !option.prefix().isEmpty()
                        && name.startsWith(option.prefix())).findFirst();
    }

    Collection<String> parameterNames() {
        return options.values().stream().filter(option -> !option.path()).map(EndpointOption::name).toList();
    }

    Optional<EndpointOption> path() {
        return options.values().stream().filter(option -> option.path() && option.required()).findFirst();
    }
}
