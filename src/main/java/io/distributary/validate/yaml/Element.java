package io.distributary.validate.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.distributary.diagnosis.Place;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A node of a YAML file, which knows its place; as the parser of Camel's YAML DSL reads it. Immutable. */
public final class Element {
    private final String file;
    private final List<String> lines;
    private final Node node;

    private Element(String file, List<String> lines, Node node) {
        this.file = file;
        this.lines = lines;
        this.node = node;
    }

    /**
     * The documents of a file.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException where it is no YAML
     */
    public static List<Element> documents(String file, String text) {
        List<String> lines = text.lines().toList();
        List<Element> documents = new ArrayList<>();
        new Compose(LoadSettings.builder().setLabel(file).build()).composeAllFromString(text)
                .forEach(node -> documents.add(new Element(file, lines, node)));
        return documents;
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** A scalar other than nothing. */
    public boolean isText() {
        return node instanceof ScalarNode && !isEmpty();
    }

    /** Nothing at all, as after {@code key:}. */
    public boolean isEmpty() {
        return node instanceof ScalarNode scalar && Tag.NULL.equals(scalar.getTag());
    }

    /** A scalar's text; empty for anything else. */
    public String text() {
        return isText() ? ((ScalarNode) node).getValue() : "";
    }

    /** What it is, for people. */
    public String kind() {
        return isMap() ? "fields" : isList() ? "a list" : isEmpty() ? "nothing" : "a text";
    }

    /** The fields, in their order; none where this is no map. */
    public List<Field> fields() {
        return node instanceof MappingNode map
                ? map.getValue().stream().map(tuple -> new Field(new Element(file, lines, tuple.getKeyNode()),
                        new Element(file, lines, tuple.getValueNode()))).toList()
                : List.of();
    }

    /** The items; none where this is no list. */
    public List<Element> items() {
        return node instanceof SequenceNode list ? list.getValue().stream().map(item -> new Element(file, lines, item)).toList()
                : List.of();
    }

    public Optional<Field> field(String name) {
        return fields().stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** A field's value. */
    public Optional<Element> get(String... path) {
        Element element = this;
        for (String name : path) {
            Optional<Field> field = element.field(name);
            if (field.isEmpty()) {
                return Optional.empty();
            }
            element = field.get().value();
        }
        return Optional.of(element);
    }

    /** A field's text, where it has one. */
    public Optional<String> text(String... path) {
        return get(path).filter(Element::isText).map(Element::text);
    }

    /** This, and all that is in it. */
    public Stream<Element> all() {
        return Stream.concat(Stream.of(this), Stream.concat(items().stream(), fields().stream().map(Field::value))
                .flatMap(Element::all));
    }

    /** Where it begins. */
    public Place place() {
        return at(node.getStartMark());
    }

    /** The place of a character of the text, as far as the text is written in one line as it is. */
    public Place place(int offset) {
        Place start = place();
        if (!(node instanceof ScalarNode scalar) || scalar.getScalarStyle() == ScalarStyle.LITERAL
                || scalar.getScalarStyle() == ScalarStyle.FOLDED) {
            return start;
        }
        boolean oneLine = node.getEndMark().map(end -> end.getLine() + 1 == start.line()).orElse(false);
        int quote = scalar.getScalarStyle() == ScalarStyle.PLAIN ? 0 : 1;
        return oneLine ? new Place(file, start.line(), start.column() + quote + offset) : start;
    }

    /** The place of a character of the text, by its line and column in that, from 1. */
    public Place place(int line, int column) {
        if (node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL && place().line() < lines.size()) {
            String first = lines.get(place().line());
            return new Place(file, place().line() + line, first.length() - first.stripLeading().length() + column);
        }
        return line == 1 ? place(column - 1) : place();
    }

    private Place at(Optional<Mark> mark) {
        return mark.map(start -> new Place(file, start.getLine() + 1, start.getColumn() + 1)).orElse(new Place(file, 0, 0));
    }

    /** Of the same place in the same file. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Element element && element.node == node;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(node);
    }

    @Override
    public String toString() {
        return place() + " " + kind();
    }

    /** A name and its value. */
    public record Field(Element key, Element value) {
        public String name() {
            return key.text();
        }
    }
}
