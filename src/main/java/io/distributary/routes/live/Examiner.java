package io.distributary.routes.live;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.distributary.routes.RouteFiles;

/** Judges files one by one, each version of a file once. Not thread-safe. */
final class Examiner {
    private final RouteFiles files;
    private final Function<Exception, String> diagnose;
    private final Map<String, Examined> known = new HashMap<>();

    private record Examined(String text, Candidate candidate) {
    }

    Examiner(RouteFiles files, Function<Exception, String> diagnose) {
        this.files = files;
        this.diagnose = diagnose;
    }

    /** @param inForce are not read again */
    Map<String, Candidate> examine(Map<String, Folders.Saved> disk, Map<String, SourceFile> inForce) {
        known.keySet().retainAll(disk.keySet());
        Map<String, Candidate> candidates = new TreeMap<>();
        disk.forEach((file, saved) -> {
            SourceFile running = inForce.get(file);
            if (running != null && running.text().equals(saved.text())) {
                candidates.put(file, Candidate.good(running));
            } else {
                Examined before = known.get(file);
                if (before == null || !before.text().equals(saved.text())) {
                    known.put(file, new Examined(saved.text(), examine(file, saved.text())));
                }
                candidates.put(file, known.get(file).candidate());
            }
        });
        return candidates;
    }

    private Candidate examine(String file, String text) {
        try {
            SourceFile parsed = FileParser.parse(file, text);
            files.check(file, text, parsed.beans());
            return Candidate.good(parsed);
        } catch (Exception e) {
            String problem = diagnose.apply(e);
            return Candidate.refused(problem.contains(file) ? problem : file + ": " + problem);
        }
    }
}
