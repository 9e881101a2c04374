package io.distributary.config;

import java.util.List;

/** The application's settings contradict each other or name something unknown. */
public final class InvalidSettingsException extends IllegalArgumentException {
    private final transient List<String> problems;

    InvalidSettingsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each problem: the setting, what is wrong, what to do. Holds no secret. */
    public List<String> problems() {
        return problems;
    }
}
