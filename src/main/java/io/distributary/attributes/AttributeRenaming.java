package io.distributary.attributes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.distributary.event.ChangeEvent;
import io.distributary.event.EventConversionException;
import io.distributary.event.StreamSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Gives attributes of an item other names, key attributes too. Two may exchange their names. */
public final class AttributeRenaming extends ChangeTransformer {
    private final Map<String, String> names = new LinkedHashMap<>();

    /** @throws EventConversionException where the item has an attribute of the new name already, that keeps it */
    @Override
    protected ChangeEvent transform(ChangeEvent event) {
        StreamSource source = event.source();
        return event.withAttributes(all -> renamed(event, all), new StreamSource(source.tableName(), source.streamArn(), source.shardId(),
                name(source.partitionKey()), name(source.sortKey())));
    }

    private Map<String, AttributeValue> renamed(ChangeEvent event, Map<String, AttributeValue> all) {
        Map<String, AttributeValue> result = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (result.put(name(name), value) != null) {
                throw new EventConversionException(event, name, "rename-attributes would give two attributes the name " + name(name));
            }
        });
        return result;
    }

    private String name(String old) {
        return names.getOrDefault(old, old);
    }

    /**
     * @param pairs {@code old=new}, separated by commas; a name that holds a comma, a quote or an equals sign in double quotes
     * @throws IllegalArgumentException where a pair is none, or two have the same old or new name
     */
    public void setNames(String pairs) {
        names.clear();
        for (String pair : QuotedList.split("names", pairs)) {
            List<String> parts = parts(pair);
            if (parts.size() != 2) {
                throw new IllegalArgumentException("names: " + pair + " is not of the form old=new");
            }
            String old = QuotedList.unquoted("names", parts.get(0).strip());
            String name = QuotedList.unquoted("names", parts.get(1).strip());
            if (old.isEmpty() || name.isEmpty() || names.containsKey(old) || names.containsValue(name)) {
                throw new IllegalArgumentException("names: " + pair + " has an empty name, or one that another pair has");
            }
            names.put(old, name);
        }
    }

    /** The parts between equals signs outside quotes. */
    private static List<String> parts(String pair) {
        List<String> parts = new ArrayList<>(List.of(""));
        boolean quoted = false;
        for (char c : pair.toCharArray()) {
            quoted ^= c == '"';
            if (c == '=' && !quoted) {
                parts.add("");
            } else {
                parts.set(parts.size() - 1, parts.get(parts.size() - 1) + c);
            }
        }
        return parts;
    }
}
