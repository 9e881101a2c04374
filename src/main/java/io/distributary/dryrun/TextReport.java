package io.distributary.dryrun;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

import io.distributary.event.ChangeEvent;
import io.distributary.event.input.InputEvent;
import io.distributary.preview.Draft;

/** Outcomes as text for people: payloads whole, one line for each thing. */
public final class TextReport {
    private static final String IN = "    ";

    private TextReport() {
    }

    /** Several lines, the last one empty. */
    public static String of(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        long number = outcome.number();
        for (InputEvent record : outcome.records()) {
            ChangeEvent event = record.event();
            text.append("#%d %s %s %s  event %s  (%s)%n".formatted(number++, event.eventNameText(), event.source().tableName(),
                    event.itemKey(), event.eventId(), record.place()));
        }
        outcome.steps().forEach(step -> step(text, step));
        if (outcome.failure() != null) {
            text.append("  NOT DONE: ").append(outcome.failure()).append("; the source would deliver it again\n");
        } else if (outcome.steps().stream().noneMatch(Step.WouldSend.class::isInstance)) {
            text.append("  nothing would be sent\n");
        }
        return text.append('\n').toString();
    }

    private static void step(StringBuilder text, Step step) {
        if (step instanceof Step.Decision decision) {
            text.append("  ").append(decision.kind()).append(": ").append(decision.outcome())
                    .append(decision.condition() == null ? "" : "  " + decision.condition())
                    .append("  (").append(decision.place()).append(")\n");
        } else if (step instanceof Step.Failed failed) {
            text.append("  FAILED: ").append(failed.reason()).append("  (").append(failed.place()).append(")\n");
        } else if (step instanceof Step.WouldSend send) {
            send(text, send);
        }
    }

    private static void send(StringBuilder text, Step.WouldSend send) {
        Draft draft = send.draft();
        text.append("  would send to ").append(draft.target()).append(send.afterFailure() ? "  after the failure" : "")
                .append(send.via() == null ? "" : "  by " + send.via()).append('\n');
        line(text, "", draft.fields());
        line(text, "headers: ", draft.headers());
        if (draft.payload() != null) {
            text.append(IN).append("%,d bytes: ".formatted(draft.payload().length))
                    .append(new String(draft.payload(), StandardCharsets.UTF_8).stripTrailing().replace("\n", "\n" + IN)).append('\n');
        }
    }

    private static void line(StringBuilder text, String title, Map<String, Object> values) {
        if (!values.isEmpty()) {
            text.append(IN).append(title).append(values.entrySet().stream().map(each -> each.getKey() + "=" + value(each.getValue()))
                    .collect(Collectors.joining(" "))).append('\n');
        }
    }

    private static String value(Object value) {
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : String.valueOf(value);
    }
}
