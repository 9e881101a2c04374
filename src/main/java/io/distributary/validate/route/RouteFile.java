package io.distributary.validate.route;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.distributary.validate.yaml.Element;
import io.distributary.validate.yaml.Element.Field;

/**
 * A file of routes, read as far as it can be.
 *
 * @param name as a person would give it
 */
public record RouteFile(String name, Element root) {
    /** The routes, without those of templates. */
    public List<Route> routes() {
        return entries().flatMap(entry -> switch (entry.name()) {
            case "route" -> entry.value().get("from").map(from -> new Route(entry.value(), from)).stream();
            case "from" -> Stream.of(new Route(entry.value(), entry.value()));
            default -> Stream.empty();
        }).toList();
    }

    /** What stands under this name at the top of the file, each time. */
    public List<Element> top(String name) {
        return entries().filter(entry -> entry.name().equals(name)).map(Field::value).toList();
    }

    /** Names of the beans that the file defines. */
    public List<String> beans() {
        return top("beans").stream().flatMap(beans -> beans.items().stream())
                .flatMap(bean -> bean.text("name").stream()).toList();
    }

    /** Whether an error handler for all of the file's routes stands at its top. */
    public Optional<Element> errorHandler() {
        return top("errorHandler").stream().findFirst();
    }

    private Stream<Field> entries() {
        return root.items().stream().flatMap(entry -> entry.fields().stream());
    }
}
