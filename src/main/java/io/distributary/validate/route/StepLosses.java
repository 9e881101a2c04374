package io.distributary.validate.route;

import java.util.Optional;

import io.distributary.validate.Problems;
import io.distributary.validate.yaml.Element;
import io.distributary.validate.yaml.Element.Field;

/**
 * EIPs by which a change counts as delivered though no target has it. A change is acknowledged when its exchange ends without
 * an exception: what takes the change out of its exchange, or takes the exception away, loses it when something fails.
 */
final class StepLosses {
    private final Problems problems;

    StepLosses(Problems problems) {
        this.problems = problems;
    }

    /** Reports on the steps below. */
    void check(Element steps) {
        Steps.walk(steps, (field, within) -> step(field));
    }

    private void step(Field field) {
        Element body = field.value();
        switch (field.name()) {
            case "aggregate" -> aggregate(field);
            case "resequence" -> problems.error(field.key().place(), "resequence holds changes back in memory that already count as"
                    + " delivered: a crash loses them. The source delivers the changes of an item in their order");
            case "wireTap" -> problems.warning(field.key().place(), "wireTap is not waited for, and nobody hears of its failure: the"
                    + " change counts as delivered without it. Use to, or multicast for several targets");
            case "sample" -> problems.warning(field.key().place(), "sample passes some changes on; the others count as delivered");
            case "idempotentConsumer" -> idempotent(field);
            case "multicast", "split", "recipientList" -> parts(field);
            case "doTry" -> tryCatch(body);
            case "doCatch" -> swallowed(field, "catches the exception");
            case "circuitBreaker" -> body.field("onFallback").ifPresent(fallback -> swallowed(fallback, "takes the exception's place"));
            case "rollback" -> marked(field);
            default -> ignored(field);
        }
    }

    private void aggregate(Field field) {
        boolean stored = field.value().get("aggregationRepository").isPresent();
        String message = "aggregate ends the change's own exchange when it joins its group: it counts as delivered before the group"
                + " is sent. ";
        if (stored) {
            problems.warning(field.key().place(), message + "With an aggregationRepository a crash loses none only if that stores"
                    + " groups on disk and recovers them; exchangeMode=BATCH at the source needs no store");
        } else {
            problems.error(field.key().place(), message + "A crash loses it. Batches without loss: exchangeMode=BATCH with batchSize"
                    + " and batchWindow at the source");
        }
    }

    private void idempotent(Field field) {
        if (isFalse(field.value(), "removeOnFailure")) {
            problems.warning(field.key().place(), "idempotentConsumer with removeOnFailure: false takes the redelivery of a change"
                    + " that failed for a duplicate, and drops it");
        }
    }

    private void parts(Field field) {
        Element body = field.value();
        Optional<Element> timeout = body.get("timeout");
        if (timeout.isPresent() && !timeout.get().text().matches("0*")) {
            problems.warning(timeout.get().place(), field.name() + " with a timeout goes on without the parts that are late, and the"
                    + " change counts as delivered. The targets have time-outs of their own, which fail");
        }
        body.get("aggregationStrategy").ifPresent(strategy -> problems.note(strategy.place(), field.name() + " with an"
                + " aggregationStrategy: a part that fails fails the change only if the strategy keeps its exception"));
        ignored(field);
    }

    private void ignored(Field field) {
        for (String option : new String[] {"ignoreInvalidEndpoint", "ignoreInvalidEndpoints"}) {
            field.value().get(option).filter(value -> value.text().equalsIgnoreCase("true")).ifPresent(value ->
                    problems.warning(value.place(), option + ": a change whose endpoint is not valid goes nowhere, without a word"));
        }
    }

    private void tryCatch(Element body) {
        body.field("doCatch").filter(field -> field.value().isList())
                .ifPresent(list -> list.value().items().forEach(one -> swallowed(new Field(list.key(), one), "catches the exception")));
    }

    /** A part of a route that runs instead of a failure has to keep the change somewhere, or fail in its turn. */
    private void swallowed(Field field, String how) {
        if (field.value().isMap() && !keeps(field.value())) {
            problems.warning(field.key().place(), field.name() + " " + how + ", and sends the change nowhere: it counts as delivered."
                    + " Store it, or throw again");
        }
    }

    private void marked(Field field) {
        boolean quiet = field.value().get("markRollbackOnly").or(() -> field.value().get("markRollbackOnlyLast"))
                .filter(value -> value.text().equalsIgnoreCase("true")).isPresent();
        if (quiet) {
            problems.warning(field.key().place(), "rollback that only marks ends the route without an exception: the change counts as"
                    + " delivered. Without the mark, it fails and comes again");
        }
    }

    /** Whether anything below sends, calls a person's code, or fails. */
    static boolean keeps(Element element) {
        return sends(element) || Steps.any(element, field -> switch (field.name()) {
            case "throwException", "process", "bean", "rollback", "recipientList", "routingSlip", "dynamicRouter", "script" -> true;
            default -> false;
        });
    }

    /** Whether anything below sends to where a change is kept. */
    static boolean sends(Element element) {
        return Steps.any(element, field -> switch (field.name()) {
            case "to", "toD", "kamelet", "wireTap" -> !isForgetful(field.value());
            default -> false;
        });
    }

    private static boolean isForgetful(Element to) {
        String uri = to.isText() ? to.text() : to.text("uri").orElse(to.text("name").orElse(""));
        return forgets(uri);
    }

    /** Endpoints that keep nothing. */
    static boolean forgets(String uri) {
        return uri.matches("(log|mock|stub|controlbus|metrics|micrometer|dataset)(:.*)?");
    }

    static boolean isFalse(Element element, String field) {
        return element.text(field).filter("false"::equalsIgnoreCase).isPresent();
    }
}
