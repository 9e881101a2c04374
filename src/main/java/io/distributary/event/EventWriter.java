package io.distributary.event;



/** Streams one event as one JSON value. Stateless. */
interface EventWriter {
    /**
     * @throws EventConversionException where the event cannot be written in this form; the document is then left in the
     *                                  middle of the value
     */
    void write(ChangeEvent event, JsonBytes out);

    /** Writes a value, naming the root of its path where it cannot be written. */
    static void under(ChangeEvent event, String root, Runnable body) {
        try {
            body.run();
        } catch (BadValueException e) {
            throw new EventConversionException(event, e.path(root), e.getMessage());
        }
    }

    /** What the record must tell for this form. */
    static <T> T required(ChangeEvent event, String field, T value) {
        if (value == null) {
            throw new EventConversionException(event, field, "the record does not have it");
        }
        return value;
    }

    /** Both keys, with types that a key can have: what every form but the raw record stands on. */
    static void requireKeys(ChangeEvent event) {
        StreamSource source = event.source();
        if (event.partitionKey() == null) {
            throw badKey(event, source.partitionKey());
        }
        if (source.sortKey() != null && event.sortKey() == null) {
            throw badKey(event, source.sortKey());
        }
    }

    private static EventConversionException badKey(ChangeEvent event, String name) {
        var path = new BadValueException("").under(name).path("keys");
        return new EventConversionException(event, path, event.keys().containsKey(name)
                ? "a key attribute must be S, N or B" : "the table's key attribute is missing");
    }
}
