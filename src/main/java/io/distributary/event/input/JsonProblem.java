package io.distributary.event.input;

/** What is wrong with a document, and in which of its lines. */
final class JsonProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /** @param line of the document, from 1 on */
    JsonProblem(int line, String reason, Throwable cause) {
        super(reason, cause);
        this.line = line;
    }

    int line() {
        return line;
    }
}
