package io.distributary.aws;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.event.ChangeEvent;
import org.apache.camel.Exchange;

/** The declared headers that go out as message attributes. Immutable. */
public final class AttributeHeaders {
    /** As the API references of SQS and SNS say, "MessageAttributes". */
    private static final Pattern NAME = Pattern.compile("(?i)(?!AWS\\.|Amazon\\.|\\.|.*\\.\\.|.*\\.$)[a-z0-9_.-]{1,256}");
    private static final Set<String> TYPES = Set.of("String", "Number", "Binary", "String.Array");
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Declared(String name, String type) {
    }

    private final List<Declared> declared;

    private AttributeHeaders(List<Declared> declared) {
        this.declared = declared;
    }

    /**
     * @param text  {@code name} or {@code name:Type}, separated by commas
     * @param where names the endpoint in messages
     * @throws IllegalArgumentException names what is wrong and what is allowed
     */
    public static AttributeHeaders parse(String text, String where) {
        List<Declared> declared = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            int colon = each.indexOf(':');
            String name = (colon < 0 ? each : each.substring(0, colon)).strip();
            String type = colon < 0 ? null : each.substring(colon + 1).strip();
            String problem = !NAME.matcher(name).matches() ? "'" + name + "' cannot name a message attribute: 1 to 256 letters,"
                    + " digits, underscores, hyphens and single dots inside, not starting with AWS. or Amazon."
                    : type != null && !TYPES.contains(type) ? "'" + type + "' is none of the types String, Number, Binary,"
                            + " String.Array"
                    : declared.stream().anyMatch(other -> other.name().equalsIgnoreCase(name)) ? "'" + name + "' is there twice"
                    : declared.size() == Attribute.MAX ? "there are more than " + Attribute.MAX
                    : null;
            if (problem != null) {
                throw new IllegalArgumentException(where + ": messageAttributeHeaders=" + text + ": " + problem);
            }
            declared.add(new Declared(name, type));
        }
        return new AttributeHeaders(declared);
    }

    /**
     * Those that are set; of the change where it carries what a header does not say.
     *
     * @param event or null
     * @throws IllegalArgumentException where a value does not fit its declared type
     */
    public List<Attribute> of(Exchange exchange, ChangeEvent event) {
        List<Attribute> attributes = new ArrayList<>(declared.size());
        for (Declared each : declared) {
            Object value = exchange.getMessage().getHeader(each.name());
            value = value == null ? ofChange(event, each.name()) : value;
            if (value != null && !"".equals(value)) {
                attributes.add(attribute(each, value, exchange));
            }
        }
        return attributes;
    }

    private static Object ofChange(ChangeEvent event, String name) {
        return event == null ? null : switch (name) {
            case "event_id" -> event.eventId();
            case "event_name" -> event.eventNameText();
            case "table_name" -> event.source().tableName();
            default -> null;
        };
    }

    private static Attribute attribute(Declared declared, Object value, Exchange exchange) {
        String type = declared.type() != null ? declared.type() : typeOf(value);
        if (type.equals("Binary")) {
            byte[] bytes = exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, exchange, value);
            if (bytes == null) {
                throw unfit(declared, value, "bytes");
            }
            return new Attribute(declared.name(), type, null, bytes);
        }
        String text = type.equals("String.Array") ? array(declared, value) : value.toString();
        if (type.equals("Number") && !isNumber(text)) {
            throw unfit(declared, value, "a number");
        }
        return new Attribute(declared.name(), type, text, null);
    }

    private static String typeOf(Object value) {
        return value instanceof Number ? "Number"
                : value instanceof byte[] || value instanceof ByteBuffer ? "Binary"
                : value instanceof Collection ? "String.Array" : "String";
    }

    private static String array(Declared declared, Object value) {
        if (value instanceof String text && text.stripLeading().startsWith("[")) {
            return text;
        }
        try {
            return JSON.writeValueAsString(value instanceof Collection ? value : List.of(value));
        } catch (JsonProcessingException e) {
            throw unfit(declared, value, "a list of texts, numbers and booleans");
        }
    }

    private static boolean isNumber(String text) {
        try {
            new BigDecimal(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Names the type of the value only: values can be anybody's data. */
    private static IllegalArgumentException unfit(Declared declared, Object value, String what) {
        return new IllegalArgumentException("Header " + declared.name() + " (" + value.getClass().getName() + ") is to be sent as a "
                + declared.type() + " attribute, but is not " + what);
    }
}
