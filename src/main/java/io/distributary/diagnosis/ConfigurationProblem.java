package io.distributary.diagnosis;

/** Something a person has to put right before the application can start. The message is finished: one line, no secret. */
public final class ConfigurationProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConfigurationProblem(String message) {
        super(message);
    }
}
