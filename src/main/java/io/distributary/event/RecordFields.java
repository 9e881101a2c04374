package io.distributary.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import software.amazon.awssdk.services.dynamodb.model.Identity;

/**
 * Chosen fields of records in Lambda's shape, each by its path: the names from the outermost object in, joined by dots
 * ({@code dynamodb.NewImage.id.S}); an array's elements are at the array's path. All else in the record is stepped over
 * unread. Immutable, thread-safe.
 */
public final class RecordFields {
    private static final int[] NO_ARRAYS = {};
    private static final byte[] KEYS = ascii("Keys");
    private static final byte[] NEW_IMAGE = ascii("NewImage");
    private static final byte[] OLD_IMAGE = ascii("OldImage");

    private final List<String> paths;
    private final Node root = new Node();
    private final Node arn;
    private final Node identity;
    private final Node created;

    private RecordFields(List<String> paths) {
        this.paths = paths;
        for (int i = 0; i < paths.size(); i++) {
            Node node = root;
            for (String name : names(paths.get(i))) {
                node = node.grow(name);
            }
            node.path = i;
        }
        arn = root.descendant("eventSourceARN");
        identity = root.descendant("userIdentity");
        created = root.descendant("dynamodb.ApproximateCreationDateTime");
    }

    /** @param paths each once; a value's path is given by its place among them */
    public static RecordFields at(Collection<String> paths) {
        return new RecordFields(List.copyOf(paths));
    }

    /** The paths, in the order that {@link Sink#value} counts them in. */
    public List<String> paths() {
        return paths;
    }

    /**
     * Hands out the fields of a change, its old image included where that was dropped for a target.
     *
     * @throws EventReadException where the stream's JSON is not DynamoDB's
     */
    public void read(ChangeEvent event, Sink sink) {
        if (event.json == null) {
            ChangeEvent whole = event.oldImageDropped() ? ChangeEvent.of(event.record(), event.source()) : event;
            read(EventFormat.toRawBytes(whole), sink);
            return;
        }
        new Walk(new JsonCursor(event.json), sink, true).object(root, Place.RECORD);
        text(sink, arn, event.source().streamArn());
        if (created != null && event.approximateCreationDateTime() != null) {
            sink.value(created.path, DynamoDbJsonWriter.seconds(event.approximateCreationDateTime()), Kind.NUMBER, NO_ARRAYS);
        }
        Identity who = identity == null ? null : event.facts.userIdentity();
        if (who != null) {
            text(sink, identity.descendant("principalId"), who.principalId());
            text(sink, identity.descendant("type"), who.type());
        }
    }

    /**
     * Hands out the fields of one JSON object, a record of Lambda's shape or any other.
     *
     * @throws EventReadException where it is no JSON object
     */
    public void read(byte[] json, Sink sink) {
        new Walk(new JsonCursor(json), sink, false).object(root, Place.RECORD);
    }

    private static void text(Sink sink, Node node, String text) {
        if (node != null && node.path >= 0 && text != null) {
            sink.value(node.path, text, Kind.TEXT, NO_ARRAYS);
        }
    }

    private static String[] names(String path) {
        return path.split("\\.", -1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What a value is. */
    public enum Kind {
        /** A JSON string. */
        TEXT,
        /** A JSON string that is a number to DynamoDB: of an {@code N} or {@code NS}. */
        NUMBER_TEXT,
        /** A JSON number, as it is written. */
        NUMBER,
        /** {@code true}, {@code false} or {@code null}. */
        LITERAL
    }

    /** Takes the values, in no order that means anything. */
    public interface Sink {
        /**
         * @param path   place of the value's path in {@link RecordFields#paths()}
         * @param text   a string's characters; a number or literal as it is written
         * @param arrays of each array whose element the value is inside of, outermost first: its number, unique in the
         *               record, and the element's index. An element that is itself a value is not inside of one. Not to be changed.
         */
        void value(int path, String text, Kind kind, int[] arrays);
    }

    /** Where the record's JSON means attributes: tells N's numbers from other strings. */
    private enum Place {
        RECORD, CHANGE, ATTRIBUTES, VALUE, NUMBERS, OTHER;

        Place under(JsonCursor in) {
            return switch (this) {
                case RECORD -> in.nameIs(RecordJson.DYNAMODB) ? CHANGE : OTHER;
                case CHANGE -> in.nameIs(NEW_IMAGE) || in.nameIs(OLD_IMAGE) || in.nameIs(KEYS) ? ATTRIBUTES : OTHER;
                case ATTRIBUTES -> VALUE;
                case VALUE -> switch (in.nameCode()) {
                    case 'N', 'N' << 8 | 'S' -> NUMBERS;
                    case 'M' -> ATTRIBUTES;
                    case 'L' -> VALUE;
                    default -> OTHER;
                };
                default -> OTHER;
            };
        }
    }

    /** A name on some path, the names that follow it, and the path that ends here. */
    private static final class Node {
        private final List<byte[]> names = new ArrayList<>();
        private final List<Node> children = new ArrayList<>();
        private int path = -1;

        Node grow(String name) {
            Node child = child(name);
            if (child == null) {
                child = new Node();
                names.add(name.getBytes(StandardCharsets.UTF_8));
                children.add(child);
            }
            return child;
        }

        private Node child(String name) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < names.size(); i++) {
                if (Arrays.equals(names.get(i), bytes)) {
                    return children.get(i);
                }
            }
            return null;
        }

        /** A name with dots in it is as good as the names between them, as everywhere in paths. */
        Node descendant(String dotted) {
            Node node = this;
            for (String name : names(dotted)) {
                node = node == null ? null : node.child(name);
            }
            return node;
        }

        Node named(JsonCursor in) {
            for (int i = 0; i < names.size(); i++) {
                if (in.nameIs(names.get(i))) {
                    return children.get(i);
                }
            }
            return in.isPlainName() ? null : descendant(in.nameAgain());
        }
    }

    private final class Walk {
        private final JsonCursor in;
        private final Sink sink;
        /** As GetRecords has it: what Lambda's shape has otherwise is left out. */
        private final boolean raw;
        private int[] inside = NO_ARRAYS;
        private int arrays;

        Walk(JsonCursor in, Sink sink, boolean raw) {
            this.in = in;
            this.sink = sink;
            this.raw = raw;
        }

        void object(Node node, Place place) {
            in.open('{');
            while (in.more('}')) {
                in.name();
                Node child = node.named(in);
                if (child == null || raw && (child == identity || child == created)) {
                    in.skip();
                } else {
                    value(child, place.under(in));
                }
            }
        }

        private void value(Node node, Place place) {
            switch (in.peek()) {
                case '{' -> object(node, place);
                case '[' -> array(node, place);
                default -> scalar(node, place);
            }
        }

        private void array(Node node, Place place) {
            int[] outside = inside;
            int[] element = Arrays.copyOf(outside, outside.length + 2);
            element[outside.length] = arrays++;
            in.open('[');
            for (int index = 0; in.more(']'); index++) {
                byte first = in.peek();
                if (first == '{' || first == '[') {
                    inside = element.clone();
                    inside[outside.length + 1] = index;
                    value(node, place);
                    inside = outside;
                } else {
                    scalar(node, place);
                }
            }
        }

        private void scalar(Node node, Place place) {
            if (node.path < 0) {
                in.skip();
                return;
            }
            Kind kind = switch (in.peek()) {
                case '"' -> place == Place.NUMBERS ? Kind.NUMBER_TEXT : Kind.TEXT;
                case 't', 'f', 'n' -> Kind.LITERAL;
                default -> Kind.NUMBER;
            };
            String text = in.text();
            sink.value(node.path, text == null ? "null" : text, kind, inside);
        }
    }
}
