package io.distributary;

import io.distributary.cli.DistributaryCommand;

/** The program: {@code java -jar distributary.jar}. What it can be told is in {@link DistributaryCommand}. */
public final class Distributary {
    private Distributary() {
    }

    /** Runs until SIGTERM or Ctrl-C, or until a command is done; the exit codes are in {@link io.distributary.diagnosis.ExitCode}. */
    public static void main(String[] arguments) {
        HeapExhausted.endsTheProcess();
        int code = DistributaryCommand.execute(arguments);
        // Exits even when a client library has left a thread that is no daemon.
        System.exit(code);
    }
}
