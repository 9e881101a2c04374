package io.distributary.validate;

import java.util.Locale;

/** How much a problem matters; worst last. */
public enum Severity {
    /** Worth knowing; nothing is wrong. */
    NOTE,
    /** It starts, and may not do what its author means: lose a change, above all. */
    WARNING,
    /** It does not start, or loses changes for certain. */
    ERROR;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
