package io.distributary.routes.live;

import java.util.Set;

/**
 * One top-level item of a route file, or a kamelet.
 *
 * @param key            what makes it the same definition in the next version of its file
 * @param place          its place among the file's items; -1 where the file is one definition
 * @param line           where its id stands, from 1
 * @param column         where its id stands, from 1
 * @param body           its content without comments and layout: equal exactly when nothing has changed
 * @param names          what others may refer to it by
 * @param configurations the ids or patterns of the route configurations it asks for; empty for those without an id
 * @param targets        where it may send besides what it names
 */
record Definition(Key key, int place, int line, int column, String body, Set<String> names, Set<String> configurations,
        Targets targets) {
    /** In the order in which they are added: a route needs what stands before it. */
    enum Kind {
        BEANS("bean"), KAMELET("kamelet"), ROUTE_TEMPLATE("route template"), ROUTE_CONFIGURATION("route configuration"),
        ROUTE("route"), TEMPLATED_ROUTE("route"), REST("rest service");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** For messages. */
        String word() {
            return word;
        }

        boolean isRoute() {
            return this == ROUTE || this == TEMPLATED_ROUTE;
        }

        /** Names of the same group must differ. */
        String namespace() {
            return this == KAMELET ? ROUTE_TEMPLATE.word : word;
        }
    }

    /** Where a definition's messages may go, as far as its text says it. */
    enum Targets {
        /** All are endpoints of {@code to} and the like, which Camel's processors know. */
        FIXED,
        /** Some are named by the text, in a way that Camel's processors do not show. */
        HIDDEN,
        /** Computed when a message passes: any kamelet may be one. */
        UNKNOWN
    }

    /** @param name the id, or something of its own where it has none */
    record Key(String file, Kind kind, String name) {
    }

    String file() {
        return key.file();
    }

    Kind kind() {
        return key.kind();
    }

    String name() {
        return key.name();
    }

    /** {@code file:line:column}. */
    String where() {
        return file() + ":" + line + ":" + column;
    }

    /** As a person calls it. */
    String title() {
        return names.isEmpty() ? "the " + kind().word() + " in " + file() + ":" + line : kind().word() + " " + String.join(", ", names);
    }
}
