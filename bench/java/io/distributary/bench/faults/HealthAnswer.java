package io.distributary.bench.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a probe was told.
 *
 * @param status HTTP's; 0 for no answer
 * @param down   the reason of each check that is down, by its name
 */
record HealthAnswer(int status, Map<String, String> down) {
    static final HealthAnswer NONE = new HealthAnswer(0, Map.of());
    private static final JsonMapper JSON = new JsonMapper();

    static HealthAnswer of(HttpResponse<String> answer) {
        try {
            Map<String, String> down = new TreeMap<>();
            for (var check : JSON.readTree(answer.body()).path("checks")) {
                if (check.path("status").asText().equals("DOWN")) {
                    down.put(check.path("name").asText(), check.at("/data/message").asText(check.path("message").asText()));
                }
            }
            return new HealthAnswer(answer.statusCode(), down);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + answer.body(), e);
        }
    }

    boolean up() {
        return status == 200;
    }

    /** Name and reason of the check that is down and whose name begins so. */
    Optional<String> reason(String check) {
        return down.entrySet().stream().filter(entry -> entry.getKey().startsWith(check))
                .map(entry -> entry.getKey() + ": " + entry.getValue()).findFirst();
    }
}
