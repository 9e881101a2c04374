package io.distributary.routes.live;

/**
 * What is on disk of one file: something that can be taken, or why not.
 *
 * @param good    null with a problem
 * @param problem one line that a person can act upon; null with a good file
 */
record Candidate(SourceFile good, String problem) {
    static Candidate good(SourceFile file) {
        return new Candidate(file, null);
    }

    static Candidate refused(String problem) {
        return new Candidate(null, problem);
    }
}
