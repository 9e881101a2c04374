package io.distributary.diagnosis;

import java.util.List;
import java.util.Optional;

import io.distributary.coalesce.TargetUnavailableException;
import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.distributary.ddbstream.shard.StreamUnavailableException;
import org.apache.camel.FailedToStartRouteException;

/** Turns a failure, as Camel or a client library throws it, into one line for the person who runs the application. */
public final class Diagnoser {
    private final List<Recogniser> recognisers;

    /** Only reads from {@code surroundings}, and only when something has failed. */
    public Diagnoser(Surroundings surroundings) {
        // A broken file explains what follows from it, so files come first.
        recognisers = List.of(new YamlProblems(surroundings), new PropertyProblems(surroundings),
                new ServerProblems(surroundings), new RouteProblems(surroundings));
    }

    /** Never throws; an unknown failure is named by its type and message. */
    public Diagnosis diagnose(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        Optional<ConfigurationProblem> finished = failure.innermost(ConfigurationProblem.class);
        if (finished.isPresent()) {
            return Diagnosis.configuration(finished.get().getMessage());
        }
        Optional<StreamUnavailableException> stream = failure.innermost(StreamUnavailableException.class);
        if (stream.isPresent()) {
            return Diagnosis.refused(stream.get().getMessage());
        }
        Optional<CheckpointException> checkpoints = failure.innermost(CheckpointException.class);
        if (checkpoints.isPresent()) {
            return Diagnosis.refused(checkpoints.get().getMessage());
        }
        Optional<TargetUnavailableException> target = failure.innermost(TargetUnavailableException.class);
        if (target.isPresent()) {
            return Diagnosis.refused(target.get().getMessage());
        }
        return recognisers.stream()
                .map(recogniser -> recogniser.recognise(failure))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> Diagnosis.unexpected(
                        failure.innermost(FailedToStartRouteException.class)
                                .map(route -> "route " + route.getRouteId() + ": ").orElse("")
                                + failure.root().getClass().getSimpleName() + ": " + ServerProblems.line(failure.root())));
    }
}
