package io.distributary.project;

import java.beans.Introspector;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static io.distributary.project.GeneratedTables.row;

/** Tables of a component's options, made of its catalog entry. */
public final class OptionTables {
    private final JsonNode options;
    private final Object configuration;
    private final Map<String, String> tables = new LinkedHashMap<>();
    private int listed;

    /**
     * @param resource      the catalog entry
     * @param configuration with the defaults that the entry does not tell
     */
    public OptionTables(String resource, Object configuration) throws IOException {
        try (InputStream json = OptionTables.class.getResourceAsStream(resource)) {
            options = new ObjectMapper().readTree(json).get("properties");
        }
        this.configuration = configuration;
    }

    /** Adds a table of the options of these groups; a group that ends in {@code *} stands for all that begin so. */
    public OptionTables table(String name, String... groups) throws Exception {
        return add(name, true, groups);
    }

    /** As {@link #table}, for options that have no effect. */
    public OptionTables withoutDefaults(String name, String... groups) throws Exception {
        return add(name, false, groups);
    }

    private OptionTables add(String name, boolean defaults, String... groups) throws Exception {
        StringBuilder table = new StringBuilder(row("Option", "Default", "What it is")).append("|---|---|---|\n");
        for (var option : options.properties()) {
            String group = option.getValue().get("group").asText();
            if (Arrays.stream(groups).anyMatch(each -> each.endsWith("*")
                    ? group.startsWith(each.substring(0, each.length() - 1)) : group.equals(each))) {
                String description = option.getValue().get("description").asText();
                table.append(row("`" + option.getKey() + "`", defaults ? defaultValue(option) : "",
                        configured(option.getValue()) ? description : description.replaceFirst("(?<=[a-z])\\. .*", ".")));
                listed++;
            }
        }
        tables.put(name, table.toString());
        return this;
    }

    /** By the name in their markers. */
    public Map<String, String> all() {
        if (listed != options.size()) {
            throw new IllegalStateException(listed + " of " + options.size() + " options listed: a group is in no table, or in two");
        }
        return tables;
    }

    /** What the configuration holds is described in full, what every Camel endpoint has in one sentence. */
    private boolean configured(JsonNode option) {
        return option.path("configurationClass").asText().equals(configuration.getClass().getName());
    }

    private String defaultValue(Map.Entry<String, JsonNode> option) throws Exception {
        String documented = option.getValue().path("defaultValue").asText();
        if (documented.isEmpty()) {
            for (var property : Introspector.getBeanInfo(configuration.getClass()).getPropertyDescriptors()) {
                Object value = property.getName().equals(option.getKey()) && property.getReadMethod() != null
                        ? property.getReadMethod().invoke(configuration) : null;
                documented = value instanceof String || value instanceof Number || value instanceof Boolean || value instanceof Enum
                        ? value.toString() : documented;
            }
        }
        return documented.isEmpty() ? "" : "`" + documented + "`";
    }
}
