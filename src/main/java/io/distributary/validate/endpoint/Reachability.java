package io.distributary.validate.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.distributary.config.Reachable;
import io.distributary.diagnosis.Diagnoser;
import io.distributary.diagnosis.Diagnosis;
import io.distributary.diagnosis.ExitCode;
import io.distributary.validate.Placeholders;
import io.distributary.validate.Problems;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;

/** Asks the servers whether there is what the routes name. Creates, sends and reads nothing. */
public final class Reachability {
    private final EndpointCheck endpoints;
    private final Diagnoser diagnoser;
    private final Problems problems;

    public Reachability(CamelContext context, Diagnoser diagnoser, Problems problems) {
        this.endpoints = new EndpointCheck(new Catalog(context), context, problems);
        this.diagnoser = diagnoser;
        this.problems = problems;
    }

    /**
     * Reports on each endpoint once, where it is named first: a note on what answers, an error on what does not.
     *
     * @return the exit code of the gravest refusal, {@link ExitCode#OK} without any
     */
    public ExitCode check(List<EndpointUse> uses) {
        Map<String, EndpointUse> distinct = new LinkedHashMap<>();
        uses.stream().filter(use -> !use.scheme().isEmpty() && endpoints.isOurs(use.scheme()))
                .filter(use -> use.path().indexOf(Placeholders.UNKNOWN) < 0 && !use.path().contains("${"))
                .forEach(use -> distinct.putIfAbsent(use.name() + place(use), use));
        ExitCode worst = ExitCode.OK;
        for (EndpointUse use : distinct.values()) {
            ExitCode code = ask(use);
            worst = code.compareTo(worst) > 0 ? code : worst;
        }
        return worst;
    }

    /** The same name in another place is another thing. */
    private static String place(EndpointUse use) {
        StringBuilder place = new StringBuilder();
        for (String option : new String[] {"region", "uriEndpointOverride", "servers", "hostAddresses"}) {
            use.value(option).ifPresent(value -> place.append('|').append(value.text()));
        }
        return place.toString();
    }

    private ExitCode ask(EndpointUse use) {
        try {
            Endpoint endpoint = endpoints.endpoint(use);
            if (endpoint instanceof Reachable reachable) {
                problems.note(use.at().place(), use.name() + ": " + reachable.reach());
            }
            return ExitCode.OK;
        } catch (Exception e) {
            Diagnosis diagnosis = diagnoser.diagnose(e);
            problems.error(use.at().place(), use.name() + ": " + diagnosis.message());
            return diagnosis.exitCode();
        }
    }
}
