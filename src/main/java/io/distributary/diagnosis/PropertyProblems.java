package io.distributary.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.distributary.config.InvalidSettingsException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.util.SensitiveUtils;
import org.apache.camel.util.StringHelper;

/** A property that nothing knows, a value that does not fit, a placeholder without its property. */
final class PropertyProblems extends Recogniser {
    private static final Pattern COMPONENT = Pattern.compile(
            "Error configuring property: (\\S+) because cannot find (component|dataformat|language) with name (\\S+?)\\. .*");
    private static final Pattern EMPTY = Pattern.compile("Error configuring property: (\\S+) because value is empty");
    private static final Pattern SETTING = Pattern.compile("\\b[a-z]+(\\.[a-z-]+)+\\b");
    private static final Pattern PLACEHOLDER = Pattern.compile("(?s)Property with key \\[(.+?)] not found in properties.*");

    PropertyProblems(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Optional<Diagnosis> recognise(Failure failure) {
        return failure.innermost(InvalidSettingsException.class).map(this::settings)
                .or(() -> failure.innermost(PropertyBindingException.class).filter(bound -> bound.getOptionKey() != null)
                        .map(this::binding))
                .or(() -> message(failure.root()).flatMap(message -> named(failure, message)));
    }

    private Diagnosis settings(InvalidSettingsException failure) {
        String first = failure.problems().get(0);
        Matcher setting = SETTING.matcher(first);
        return Diagnosis.configuration((setting.find() ? inConfig(setting.group()) : surroundings.configFile() + ": ")
                + String.join("; ", failure.problems()));
    }

    private Diagnosis binding(PropertyBindingException failure) {
        String prefix = failure.getOptionPrefix() == null ? "" : failure.getOptionPrefix();
        String key = prefix + (prefix.isEmpty() || prefix.endsWith(".") ? "" : ".") + failure.getOptionKey();
        String place = inConfig(key);
        List<String> options = surroundings.optionsOf(failure.getTarget()).stream().toList();
        String name = StringHelper.dashToCamelCase(failure.getPropertyName());
        if (options.stream().noneMatch(name::equalsIgnoreCase)) {
            return Diagnosis.configuration(place + "unknown property " + key + ": "
                    + Suggestion.of(name, options).replace("did you mean ", "did you mean " + prefix));
        }
        String value = SensitiveUtils.containsSensitive(failure.getPropertyName()) ? "its value" : "" + failure.getValue();
        return Diagnosis.configuration(place + key + " cannot be " + value
                + Optional.ofNullable(failure.getCause()).map(Throwable::getMessage)
                        .filter(reason -> !SensitiveUtils.containsSensitive(failure.getPropertyName()))
                        .map(reason -> ": " + reason).orElse(""));
    }

    private Optional<Diagnosis> named(Failure failure, String message) {
        Matcher component = COMPONENT.matcher(message);
        if (component.matches()) {
            return Optional.of(Diagnosis.configuration(inConfig(component.group(1)) + "unknown property "
                    + component.group(1) + ": there is no " + component.group(2) + " " + component.group(3) + ": "
                    + Suggestion.of(component.group(3), surroundings.schemes())));
        }
        Matcher empty = EMPTY.matcher(message);
        if (empty.matches()) {
            return Optional.of(Diagnosis.configuration(
                    inConfig(empty.group(1)) + empty.group(1) + " has no value: give one, or remove the line"));
        }
        Matcher placeholder = PLACEHOLDER.matcher(message);
        if (placeholder.matches()) {
            String key = placeholder.group(1);
            return Optional.of(Diagnosis.configuration(where(failure, key) + "{{" + key + "}} is not set in "
                    + surroundings.configFile() + ": " + Suggestion.of(key, surroundings.placeholders())));
        }
        return Optional.empty();
    }

    private String inConfig(String key) {
        return Place.in(surroundings.configFile(), key) + ": ";
    }

    private static Optional<String> message(Throwable failure) {
        return Optional.ofNullable(failure.getMessage());
    }
}
