package io.distributary.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.distributary.attributes.AttributePlaces;
import io.distributary.attributes.QuotedList;
import io.distributary.event.ChangeEvent;
import io.distributary.event.EventName;
import io.distributary.event.ExchangeChanges;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ValidationException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Refuses changes whose new image lacks attributes, or has them with other types. A bean for the attribute check kamelet.
 * Configure it before it is used; then it is thread-safe.
 */
public final class AttributeCheck implements Processor {
    /** DynamoDB's descriptors of types, as its API names them. */
    private static final List<String> TYPES = List.of("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS");

    /** Path, question mark, type. */
    private static final Pattern ELEMENT = Pattern.compile("(.*?)(\\?)?(?:\\s+([A-Za-z]+))?", Pattern.DOTALL);

    /**
     * An attribute that there must be.
     *
     * @param path     as it is written
     * @param type     its descriptor, or null for any
     * @param optional whether it may be absent
     */
    private record Rule(String path, AttributePlaces places, String type, boolean optional) {
    }

    private List<Rule> rules = List.of();

    /**
     * Leaves the exchange as it is. A REMOVE, which has no new image, always passes.
     *
     * @throws ValidationException names each attribute that is missing or of another type, never its value
     * @throws IllegalArgumentException where the exchange carries no single change
     */
    @Override
    public void process(Exchange exchange) throws ValidationException {
        ChangeEvent event = ExchangeChanges.require(exchange, "An attribute check");
        List<String> problems = event.eventName() == EventName.REMOVE ? List.of() : problems(event.newImage());
        if (!problems.isEmpty()) {
            throw new ValidationException(exchange, "The new image of the " + event + " is not as it must be: "
                    + String.join("; ", problems));
        }
    }

    /** What is wrong with an item, in the order of the rules; empty where it is as it must be. */
    List<String> problems(Map<String, AttributeValue> item) {
        if (item == null) {
            return List.of("the record has none; set the stream's view type to NEW_IMAGE or NEW_AND_OLD_IMAGES");
        }
        List<String> problems = new ArrayList<>();
        for (Rule rule : rules) {
            SortedMap<String, AttributeValue> values = rule.places().values(item);
            if (values.isEmpty() && !rule.optional()) {
                problems.add(rule.path() + " is missing");
            }
            values.forEach((path, value) -> {
                String type = type(value);
                if (rule.type() != null && !rule.type().equals(type)) {
                    problems.add(path + " is of type " + type + ", not " + rule.type());
                }
            });
        }
        return problems;
    }

    private static String type(AttributeValue value) {
        if (value.type() == null) {
            return "unknown";
        }
        return switch (value.type()) {
            case NUL -> "NULL";
            case UNKNOWN_TO_SDK_VERSION -> "unknown";
            default -> value.type().name();
        };
    }

    /**
     * @param attributes separated by commas: the path of each (see {@link AttributePlaces}), a question mark behind it where it may
     *                   be absent, and after a blank its type where that matters
     */
    public void setAttributes(String attributes) {
        List<Rule> parsed = new ArrayList<>();
        for (String element : QuotedList.split("attributes", attributes)) {
            Matcher words = ELEMENT.matcher(element);
            words.matches();
            String type = words.group(3) == null ? null : words.group(3).toUpperCase(Locale.ROOT);
            if (type != null && !TYPES.contains(type)) {
                throw new IllegalArgumentException("attributes has " + element + ", whose last word must be a type, one of " + TYPES);
            }
            parsed.add(new Rule(words.group(1), new AttributePlaces("attributes", words.group(1)), type, words.group(2) != null));
        }
        rules = List.copyOf(parsed);
    }
}
