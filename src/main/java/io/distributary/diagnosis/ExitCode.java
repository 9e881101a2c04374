package io.distributary.diagnosis;

/** The exit codes of every command; docs/configuration.md has the same table, and a test compares them. */
public enum ExitCode {
    OK(0, "The command is done, or the application was asked to end by itself."),
    FAILED(1, "Something unexpected went wrong; run again with --verbose for the stack trace."),
    USAGE(2, "The command line is wrong."),
    CONFIGURATION(3, "A setting, a route or a kamelet is wrong, or their file or folder is missing."),
    REFUSED(4, "AWS refused for good: unknown table, stream disabled, wrong region, bad credentials or missing rights;"
            + " or the checkpoints cannot be used."),
    EVENTS(5, "Events cannot be read, or the route failed for one of them and no dead letter channel took it.");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }
}
