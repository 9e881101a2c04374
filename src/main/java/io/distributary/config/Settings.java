package io.distributary.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

import org.apache.camel.CamelContext;

/**
 * The values of the application's own {@link Setting}s, checked against each other. Immutable.
 *
 * <p>Camel's properties component looks a value up: environment variable, then JVM system property, then property files,
 * so a setting may be given wherever a {@code {{placeholder}}} may. A blank value counts as not set.
 */
public final class Settings {
    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = values;
    }

    /**
     * Reads and checks the settings of a context.
     *
     * @throws InvalidSettingsException naming every problem found
     */
    public static Settings of(CamelContext context) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            context.getPropertiesComponent().resolveProperty(setting.key()).ifPresent(value -> values.put(setting, value));
        }
        // From files and overrides only: as system properties, aws.* names also belong to the AWS SDK.
        Properties given = context.getPropertiesComponent().loadProperties(SettingsCheck::isOurs);
        return of(values, given.stringPropertyNames());
    }

    /** Checks values that were read elsewhere; {@code givenKeys} are the property names that were found. */
    static Settings of(Map<Setting, String> given, Set<String> givenKeys) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        given.forEach((setting, value) -> {
            if (!value.isBlank()) {
                values.put(setting, value.strip());
            }
        });
        List<String> problems = new ArrayList<>(SettingsCheck.unknownKeys(givenKeys));
        problems.addAll(SettingsCheck.contradictions(values));
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return new Settings(values);
    }

    /** The value, or the setting's default, or empty. */
    public Optional<String> get(Setting setting) {
        return Optional.ofNullable(values.getOrDefault(setting, setting.defaultValue()));
    }

    /** The value of a setting that has a default. */
    public String required(Setting setting) {
        return get(setting).orElseThrow(() -> new IllegalArgumentException(setting.key() + " is not set"));
    }

    /** A comma-separated value's parts. */
    public List<String> list(Setting setting) {
        return get(setting).map(Settings::split).orElse(List.of());
    }

    /** The first of these that is set. */
    public Optional<String> firstOf(Setting... settings) {
        return Arrays.stream(settings).map(this::get).flatMap(Optional::stream).findFirst();
    }

    static List<String> split(String value) {
        return Arrays.stream(value.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }
}
