package io.distributary.opensearch;

import java.util.List;

/**
 * What one change does, ready to be sent: one action of {@code _bulk}, or two where the document moves to another index.
 *
 * @param chunks its lines, line ends included
 * @param verbs  of the actions
 * @param bytes  of all lines
 */
record BulkAction(List<byte[]> chunks, List<Verb> verbs, int bytes) {

    /** What an action does; decides what its status means. */
    enum Verb {
        INDEX, CREATE, UPDATE, DELETE;

        /** As {@code _bulk} names it. */
        String json() {
            return switch (this) {
                case INDEX -> "index";
                case CREATE -> "create";
                case UPDATE -> "update";
                case DELETE -> "delete";
            };
        }
    }

    static BulkAction of(List<byte[]> chunks, List<Verb> verbs) {
        return new BulkAction(List.copyOf(chunks), List.copyOf(verbs), chunks.stream().mapToInt(chunk -> chunk.length).sum());
    }
}
