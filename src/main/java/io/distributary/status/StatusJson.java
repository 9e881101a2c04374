package io.distributary.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON of a {@link Status}. */
public final class StatusJson {
    private static final ObjectMapper JSON = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private StatusJson() {
    }

    /** One line. */
    public static String write(Status status) {
        try {
            return JSON.writeValueAsString(status);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A status cannot be written as JSON", e);
        }
    }

    /** One line. */
    public static String write(Progress progress) {
        try {
            return JSON.writeValueAsString(progress);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A progress cannot be written as JSON", e);
        }
    }

    /**
     * Fields that this release does not know are left out.
     *
     * @throws IllegalArgumentException saying what is wrong, where it is none
     */
    public static Status read(String json) {
        Status status;
        try {
            status = JSON.readValue(json, Status.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no status: " + e.getOriginalMessage(), e);
        }
        if (status == null || status.statusVersion() == 0) {
            throw new IllegalArgumentException("no status: it has no status_version");
        }
        if (status.statusVersion() != Status.VERSION) {
            throw new IllegalArgumentException("status_version is " + status.statusVersion() + "; this program knows " + Status.VERSION);
        }
        return status;
    }
}
