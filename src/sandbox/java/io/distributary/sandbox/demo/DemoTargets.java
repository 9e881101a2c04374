package io.distributary.sandbox.demo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.demo.LiveTable.Row;
import io.distributary.sandbox.demo.RouterTable.Target;

/** The four targets and the dead letter queue, watched together. */
final class DemoTargets implements AutoCloseable {
    private static final int SAMPLE_LENGTH = 400;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int IDS_SHOWN = 5;
    private static final String ALL_DOCUMENTS = "/" + OrdersResources.INDEX + "/_search?size=10000";

    private final Stack stack;
    private final TargetConsumers consumers = new TargetConsumers();
    private final Map<Target, Arrivals> arrivals = new EnumMap<>(Target.class);
    private final Arrivals deadLetters = new Arrivals("dead letters");

    private DemoTargets(Stack stack) {
        this.stack = stack;
    }

    static DemoTargets watch(Stack stack, OrdersResources resources) throws Exception {
        DemoTargets targets = new DemoTargets(stack);
        for (Target target : List.of(Target.SNS, Target.SQS, Target.NATS)) {
            targets.arrivals.put(target, new Arrivals(target.name()));
        }
        targets.consumers.queue(stack.sqs(), resources.subscriberUrl(), targets.arrivals.get(Target.SNS));
        targets.consumers.queue(stack.sqs(), resources.queueUrl(), targets.arrivals.get(Target.SQS));
        targets.consumers.queue(stack.sqs(), resources.deadLetterUrl(), targets.deadLetters);
        targets.consumers.stream(stack.nats(), OrdersResources.SUBJECTS, targets.arrivals.get(Target.NATS));
        return targets;
    }

    List<Row> rows(Expectations expectations, boolean expectationsKnown) {
        List<Row> rows = new ArrayList<>();
        arrivals.forEach((target, arrived) -> rows.add(new Row(target.name(), arrived.count(),
                expectationsKnown ? expectations.eventIds().get(target).size() : arrived.count(), arrived.duplicates(), "")));
        int documents = documents().size();
        rows.add(new Row("OpenSearch", documents, expectationsKnown ? expectations.documents().size() : documents, 0,
                "documents"));
        rows.add(new Row(deadLetters.target(), deadLetters.count(),
                expectationsKnown ? expectations.deadLetters().size() : deadLetters.count(), deadLetters.duplicates(), ""));
        return rows;
    }

    boolean complete(Expectations expectations) {
        return missing(expectations).isEmpty();
    }

    /** One line per target that has too little or too much. */
    List<String> missing(Expectations expectations) {
        List<String> lines = new ArrayList<>();
        arrivals.forEach((target, arrived) -> compare(arrived, expectations.eventIds().get(target), lines));
        compare(deadLetters, expectations.deadLetters(), lines);
        Set<String> wrong = expectations.wrongDocuments(documents());
        if (!wrong.isEmpty()) {
            lines.add("OpenSearch: " + wrong.size() + " documents missing, outdated or not deleted" + firstOf(wrong));
        }
        return lines;
    }

    private static void compare(Arrivals arrived, Set<String> expected, List<String> lines) {
        Set<String> missing = arrived.missing(expected);
        if (!missing.isEmpty()) {
            lines.add(arrived.target() + ": " + missing.size() + " missing" + firstOf(missing));
        }
        Set<String> surplus = arrived.surplus(expected);
        if (!surplus.isEmpty()) {
            lines.add(arrived.target() + ": " + surplus.size() + " that should not be there" + firstOf(surplus));
        }
    }

    private static String firstOf(Set<String> ids) {
        return ids.stream().limit(IDS_SHOWN).collect(Collectors.joining(", ", ": ", ids.size() > IDS_SHOWN ? ", ..." : ""));
    }

    /** Revision by partition key of every document in the index. */
    private Map<String, Map<String, String>> documents() {
        stack.openSearch().count(OrdersResources.INDEX);
        Map<String, Map<String, String>> documents = new TreeMap<>();
        for (JsonNode hit : stack.openSearch().send("GET", ALL_DOCUMENTS, null).body().at("/hits/hits")) {
            documents.put(hit.at("/_source/pk").asText(), Map.of("revision", hit.at("/_source/revision").asText("")));
        }
        return documents;
    }

    /** A payload of each target, shortened, and the whole dead letter. */
    List<String> samples() {
        List<String> lines = new ArrayList<>();
        arrivals.values().forEach(arrived -> lines.add(arrived.target() + ": " + shortened(arrived.sample())));
        String document = stack.openSearch().send("GET", ALL_DOCUMENTS, null).body().at("/hits/hits/0/_source").toString();
        lines.add("OpenSearch: " + shortened(document));
        lines.add("");
        lines.add("The dead letter (OpenSearch refuses text where its index maps a number; the other targets have the change):");
        lines.add(withoutRecord(deadLetters.sample()));
        return lines;
    }

    /** One line for each message that arrives from now on. */
    void announce(Consumer<String> lines) {
        Stream.concat(arrivals.values().stream(), Stream.of(deadLetters)).forEach(arrived -> arrived.announce(
                payload -> lines.accept(String.format("  %-12s <- %s", arrived.target(), shortened(payload)))));
    }

    /** The dead letter as a person reads it: all but the record itself, which is as long as the item. */
    private static String withoutRecord(String deadLetter) {
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(deadLetter);
            if (json.has("record")) {
                json.put("record", "(the whole record)");
            }
            return json.toPrettyString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + deadLetter, e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= SAMPLE_LENGTH ? text : text.substring(0, SAMPLE_LENGTH) + " ...";
    }

    @Override
    public void close() {
        consumers.close();
    }
}
