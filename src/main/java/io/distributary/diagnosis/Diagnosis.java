package io.distributary.diagnosis;

/**
 * What a failure means to the person who runs the application.
 *
 * @param message  one line: where, what is wrong, what to do; never a secret
 * @param exitCode what the process exits with, unless it is to try again
 * @param retry    true where the same start may succeed later: a server that does not answer
 */
public record Diagnosis(String message, ExitCode exitCode, boolean retry) {
    public Diagnosis {
        message = message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    static Diagnosis configuration(String message) {
        return new Diagnosis(message, ExitCode.CONFIGURATION, false);
    }

    static Diagnosis refused(String message) {
        return new Diagnosis(message, ExitCode.REFUSED, false);
    }

    static Diagnosis unreachable(String message) {
        return new Diagnosis(message, ExitCode.FAILED, true);
    }

    static Diagnosis unexpected(String message) {
        return new Diagnosis(message, ExitCode.FAILED, false);
    }
}
