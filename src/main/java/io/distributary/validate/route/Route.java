package io.distributary.validate.route;

import java.util.Optional;

import io.distributary.validate.yaml.Element;

/**
 * A route of a file.
 *
 * @param at   the route's fields
 * @param from what it begins with, steps included
 */
public record Route(Element at, Element from) {
    /** Its id's element; empty where Camel makes one up. */
    public Optional<Element> idElement() {
        return at.get("id").filter(Element::isText);
    }

    /** What a person calls it. */
    public String name() {
        return idElement().map(id -> "route " + id.text()).orElse("this route");
    }

    /** The URI it begins with. */
    public Optional<Element> uri() {
        return from.isText() ? Optional.of(from) : from.get("uri").filter(Element::isText);
    }
}
