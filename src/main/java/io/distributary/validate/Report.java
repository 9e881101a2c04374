package io.distributary.validate;

import java.util.List;

import io.distributary.diagnosis.ExitCode;

/**
 * What a validation found.
 *
 * @param files    what was looked at
 * @param problems sorted by place
 * @param servers  {@link ExitCode#OK}, or what those exit with that were asked and refused or did not answer
 */
public record Report(List<String> files, List<Problem> problems, ExitCode servers) {
    public Report {
        files = List.copyOf(files);
        problems = List.copyOf(problems);
    }

    /** How many problems are of this severity. */
    public long count(Severity severity) {
        return problems.stream().filter(problem -> problem.severity() == severity).count();
    }

    /** Whether nothing is wrong: no error, and where {@code strict}, no warning. */
    public boolean passes(boolean strict) {
        return count(Severity.ERROR) == 0 && !(strict && count(Severity.WARNING) > 0);
    }

    /** What a process exits with: a mistake in a file is {@link ExitCode#CONFIGURATION}. */
    public ExitCode exitCode(boolean strict) {
        return passes(strict) ? ExitCode.OK : servers == ExitCode.OK ? ExitCode.CONFIGURATION : servers;
    }

    /** {@code 3 files: 1 error, 2 warnings}. */
    public String summary() {
        String found = counted(Severity.ERROR) + counted(Severity.WARNING) + counted(Severity.NOTE);
        return plural(files.size(), "file") + ": " + (found.isEmpty() ? "no problems" : found.substring(2));
    }

    private String counted(Severity severity) {
        long count = count(severity);
        return count == 0 ? "" : ", " + plural(count, severity.toString());
    }

    private static String plural(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
