package io.distributary.validate.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.distributary.config.EditDistance;
import io.distributary.config.InvalidSettingsException;
import io.distributary.config.Setting;
import io.distributary.config.Settings;
import io.distributary.diagnosis.CamelProperties;
import io.distributary.diagnosis.Place;
import io.distributary.diagnosis.Suggestion;
import io.distributary.validate.Placeholders;
import io.distributary.validate.Problems;
import io.distributary.validate.endpoint.Catalog;
import io.distributary.validate.settings.PropertiesFile.Entry;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.regions.Region;

/** Whether the properties of the settings file are known, and their values fit. */
public final class SettingsFileCheck {
    private static final Pattern COMPONENT = Pattern.compile("camel\\.component\\.([^.]+)\\.(.+)");
    private static final Pattern CLASS = Pattern.compile("#class:([\\w.$]+)(?:[#(].*)?");
    private static final Pattern KEY = Pattern.compile("\\b[a-z]+(\\.[a-z-]+)+\\b");
    private static final String NO_ERROR_HANDLER = "camel.component.kamelet.no-error-handler";

    private final PropertiesFile file;
    private final Placeholders placeholders;
    private final Catalog catalog;
    private final Problems problems;
    private final MainOptions main = new MainOptions();

    public SettingsFileCheck(PropertiesFile file, Placeholders placeholders, Catalog catalog, Problems problems) {
        this.file = file;
        this.placeholders = placeholders;
        this.catalog = catalog;
        this.problems = problems;
    }

    /** @param usesKamelets whether a route or its error handling does */
    public void check(CamelContext context, boolean usesKamelets) {
        Map<String, Place> seen = new HashMap<>();
        for (Entry entry : file.entries()) {
            Place first = seen.putIfAbsent(entry.key(), entry.place());
            if (first != null) {
                problems.warning(entry.place(), entry.key() + " is set already, at " + first + ": this one wins");
            }
            placeholders.check(entry.value(), entry::at, Set.of(), problems);
            if (entry.key().startsWith("camel.")) {
                camel(entry);
            }
        }
        settings(context);
        boolean passedOn = file.entries().stream().anyMatch(entry -> plain(entry.key()).equals(plain(NO_ERROR_HANDLER))
                && entry.value().equalsIgnoreCase("true"));
        if (usesKamelets && !passedOn) {
            problems.warning(file.place(NO_ERROR_HANDLER), NO_ERROR_HANDLER + " is not true: a kamelet would have an error handler of its"
                    + " own, which tries a target again behind the route's back, and what fails in it is not the route's to store");
        }
    }

    private void camel(Entry entry) {
        Optional<String> group = CamelProperties.problem(entry.key());
        if (group.isPresent()) {
            problems.error(entry.place(), group.get());
            return;
        }
        if (entry.value().isBlank()) {
            problems.error(entry.place(), entry.key() + " has no value: give one, or remove the line");
            return;
        }
        Matcher type = CLASS.matcher(entry.value());
        if (type.matches() && !exists(type.group(1))) {
            problems.error(entry.at(type.start(1)), "there is no class " + type.group(1)
                    + " on the class path: correct its name, or add its jar");
        }
        Matcher component = COMPONENT.matcher(entry.key());
        if (component.matches()) {
            catalog.componentProblem(component.group(1), component.group(2), resolved(entry))
                    .ifPresent(problem -> problems.error(entry.place(), problem));
            return;
        }
        String[] words = entry.key().split("\\.");
        String name = "camel." + words[1];
        if (words.length == 3 && main.knowsGroup(name) && !entry.key().contains("[")) {
            if (!main.knows(entry.key())) {
                problems.error(entry.place(), "unknown property " + entry.key() + ": "
                        + Suggestion.of(entry.key(), main.names(name)));
            } else if (resolved(entry) != null) {
                main.problem(entry.key(), resolved(entry)).ifPresent(problem -> problems.error(entry.place(), problem));
            }
        }
    }

    /** Null where it is known only when it runs. */
    private String resolved(Entry entry) {
        String value = placeholders.resolve(entry.value(), Map.of());
        return value.indexOf(Placeholders.UNKNOWN) < 0 ? value : null;
    }

    private static boolean exists(String type) {
        try {
            Class.forName(type, false, SettingsFileCheck.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private void settings(CamelContext context) {
        try {
            Settings.of(context).get(Setting.AWS_REGION).ifPresent(this::region);
        } catch (InvalidSettingsException e) {
            for (String problem : e.problems()) {
                Matcher key = KEY.matcher(problem);
                problems.error(key.find() ? file.place(key.group()) : file.place(""), problem);
            }
        }
    }

    private void region(String name) {
        List<String> known = Region.regions().stream().map(Region::id).toList();
        if (!known.contains(name)) {
            problems.warning(file.place(Setting.AWS_REGION.key()), "aws.region " + name + " is none that this version knows"
                    + EditDistance.nearest(name, Set.copyOf(known)).map(nearest -> ": did you mean " + nearest + "?").orElse(""));
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "");
    }
}
