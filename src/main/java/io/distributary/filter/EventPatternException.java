package io.distributary.filter;

/** An event pattern that is no good; names the first place where it is not. */
public final class EventPatternException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String reason;

    EventPatternException(int line, int column, String reason) {
        super("event pattern, line " + line + ", column " + column + ": " + reason);
        this.line = line;
        this.column = column;
        this.reason = reason;
    }

    /** Counted from 1, in the pattern's own text. */
    public int line() {
        return line;
    }

    /** Counted from 1, in the pattern's own text. */
    public int column() {
        return column;
    }

    /** What is wrong there, without the place. */
    public String reason() {
        return reason;
    }
}
