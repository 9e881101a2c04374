package io.distributary.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** A route or kamelet file that is no YAML, or YAML that is no route. */
final class YamlProblems extends Recogniser {
    private static final Pattern UNKNOWN = Pattern.compile("(?:Unknown node id|Unsupported field): (.+)");
    private static final Pattern EMPTY = Pattern.compile("Resource is empty: (.+)");

    YamlProblems(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Optional<Diagnosis> recognise(Failure failure) {
        return failure.innermost(MarkedYamlEngineException.class).map(this::marked)
                .or(() -> Optional.ofNullable(failure.root().getMessage()).map(EMPTY::matcher).filter(Matcher::matches)
                        .map(empty -> Diagnosis.configuration(
                                Place.file(empty.group(1)) + ": the file is empty: write a route, or remove the file")));
    }

    private Diagnosis marked(MarkedYamlEngineException failure) {
        Matcher unknown = UNKNOWN.matcher(failure.getProblem());
        String reason = unknown.matches()
                ? "unknown name " + unknown.group(1) + ": " + Suggestion.of(unknown.group(1), surroundings.yamlNames())
                : YamlSyntax.reason(failure);
        return Diagnosis.configuration(YamlSyntax.place(failure).map(place -> place + ": ").orElse("") + reason);
    }
}
