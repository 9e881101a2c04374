package io.distributary.status;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the reasons of refused files tell. */
final class Refusals {
    /** How {@code LiveRoutes} begins the reason of a file whose routes do not run at all. */
    private static final String DOWN = "Not running: ";

    private Refusals() {
    }

    /** The line that a reason names of its file; null where it names none. */
    static Integer line(String file, String problem) {
        Matcher line = Pattern.compile(Pattern.quote(file) + ":(\\d{1,9})(:\\d+)?").matcher(problem);
        return line.find() ? Integer.valueOf(line.group(1)) : null;
    }

    /** Whether the file's last good version does not run either. */
    static boolean isDown(String problem) {
        return problem.startsWith(DOWN);
    }

    /** The reason without the place that stands before it. */
    static String withoutPlace(String file, String problem) {
        return problem.replaceFirst("^" + Pattern.quote(file) + "(:\\d+)*:? *", "");
    }
}
