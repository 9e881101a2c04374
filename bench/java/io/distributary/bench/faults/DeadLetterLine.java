package io.distributary.bench.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;

/**
 * A dead letter.
 *
 * @param target that did not accept it
 * @param change the change
 */
record DeadLetterLine(Target target, Change change) {
    private static final JsonMapper JSON = new JsonMapper();

    static DeadLetterLine of(String line) {
        try {
            var json = JSON.readTree(line);
            var step = json.path("target").asText();
            var target = Arrays.stream(Target.values()).filter(one -> one.isStepOf(step)).findFirst()
                    .orElseThrow(() -> new IllegalStateException("A dead letter without a target: " + line));
            var record = json.path("record");
            var removed = record.path("eventName").asText().equals("REMOVE");
            var image = record.at(removed ? "/dynamodb/OldImage" : "/dynamodb/NewImage");
            return new DeadLetterLine(target, new Change(image.at("/pk/S").asText(), Integer.parseInt(image.at("/number/N").asText()), removed));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + line, e);
        }
    }
}
