package io.distributary.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.kamelet.FailedToCreateKameletException;
import org.apache.camel.util.StringHelper;

/** A route that names an endpoint, an option or a kamelet that does not exist, or is otherwise no good. */
final class RouteProblems extends Recogniser {
    private static final Pattern UNKNOWN_OPTIONS = Pattern.compile("(?s).*Unknown parameters=\\[\\{(.*)}].*");
    private static final Pattern DUPLICATE = Pattern.compile(".*Duplicate route ids detected: (.+?)\\. .*");
    private static final Pattern NO_KAMELET = Pattern.compile("Resource not found: (.*/)?([^/]+)\\.kamelet\\.yaml");
    private static final Pattern MANDATORY =
            Pattern.compile("Route template (\\S+) the following mandatory parameters must be provided: (.+)");

    RouteProblems(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    Optional<Diagnosis> recognise(Failure failure) {
        return failure.innermost(ResolveEndpointFailedException.class).flatMap(endpoint -> options(failure, endpoint))
                .or(() -> failure.innermost(NoSuchEndpointException.class).map(endpoint -> scheme(failure, endpoint)))
                .or(() -> Optional.ofNullable(failure.root().getMessage()).flatMap(message -> named(failure, message)));
    }

    private Optional<Diagnosis> options(Failure failure, ResolveEndpointFailedException endpoint) {
        Matcher unknown = UNKNOWN_OPTIONS.matcher(endpoint.getMessage());
        if (!unknown.matches()) {
            return Optional.empty();
        }
        String scheme = StringHelper.before(endpoint.getUri(), ":", endpoint.getUri());
        // Only the names: a value may be a secret.
        String option = StringHelper.before(unknown.group(1), "=", unknown.group(1));
        return Optional.of(Diagnosis.configuration(where(failure, option) + scheme + " has no option " + option + ": "
                + Suggestion.of(option, surroundings.endpointOptions(scheme))));
    }

    private Diagnosis scheme(Failure failure, NoSuchEndpointException endpoint) {
        String scheme = StringHelper.before(endpoint.getUri(), ":", endpoint.getUri());
        return Diagnosis.configuration(where(failure, scheme) + "there is no endpoint " + scheme + ": "
                + Suggestion.of(scheme, surroundings.schemes()));
    }

    private Optional<Diagnosis> named(Failure failure, String message) {
        Matcher kamelet = NO_KAMELET.matcher(message);
        if (kamelet.matches()) {
            String folder = kamelet.group(1) == null ? "" : " in " + Place.file(kamelet.group(1)).replaceFirst("/$", "");
            return Optional.of(Diagnosis.configuration("there is no kamelet " + kamelet.group(2) + folder + ": "
                    + Suggestion.of(kamelet.group(2), surroundings.kamelets())));
        }
        Matcher mandatory = MANDATORY.matcher(message);
        if (mandatory.matches()) {
            String what = failure.innermost(FailedToCreateKameletException.class).isPresent() ? "kamelet " : "template ";
            return Optional.of(Diagnosis.configuration(what + mandatory.group(1) + " needs " + mandatory.group(2)
                    + ": set it under parameters where a route uses it"));
        }
        Matcher duplicate = DUPLICATE.matcher(message);
        if (duplicate.matches()) {
            return Optional.of(Diagnosis.configuration(
                    "more than one route has the id " + duplicate.group(1) + ": give each its own"));
        }
        return failure.innermost(FailedToCreateRouteException.class)
                .map(route -> Diagnosis.configuration(
                        where(failure) + reason(failure, route)));
    }

    /** What Camel says of the route, and the reason under it where Camel does not repeat that. */
    private static String reason(Failure failure, FailedToCreateRouteException route) {
        String outer = ServerProblems.line(route.getCause() == null ? route : route.getCause());
        String inner = ServerProblems.line(failure.root());
        return outer.contains(inner) ? outer : outer + ": " + inner;
    }
}
