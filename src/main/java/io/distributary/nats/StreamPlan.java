package io.distributary.nats;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

import io.nats.client.api.CompressionOption;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

/** How a stream is wanted and how it differs from what a server has stored: pure. */
record StreamPlan(String name, List<String> subjects, RetentionPolicy retention, Duration maxAge, StorageType storage,
        CompressionOption compression, Duration duplicateWindow, int replicas) {

    StreamConfiguration wanted() {
        return StreamConfiguration.builder()
                .name(name)
                .subjects(subjects)
                .retentionPolicy(retention)
                .maxAge(maxAge)
                .storageType(storage)
                .compressionOption(compression)
                .duplicateWindow(duplicateWindow)
                .replicas(replicas)
                .build();
    }

    /** What the server stored otherwise than it was asked to, one part of a sentence each. */
    static List<String> differences(StreamConfiguration wanted, StreamConfiguration stored) {
        List<String> differences = new ArrayList<>();
        compare("subjects", StreamConfiguration::getSubjects, wanted, stored, differences);
        compare("retention", StreamConfiguration::getRetentionPolicy, wanted, stored, differences);
        compare("max age", StreamConfiguration::getMaxAge, wanted, stored, differences);
        compare("storage", StreamConfiguration::getStorageType, wanted, stored, differences);
        compare("compression", StreamConfiguration::getCompressionOption, wanted, stored, differences);
        compare("duplicate window", StreamConfiguration::getDuplicateWindow, wanted, stored, differences);
        compare("replicas", StreamConfiguration::getReplicas, wanted, stored, differences);
        return differences;
    }

    /** The subjects of the plan that a stored stream does not take. */
    static List<String> uncovered(List<String> wanted, List<String> stored) {
        return wanted.stream()
                .filter(subject -> stored.stream().noneMatch(pattern -> Subjects.covers(pattern, subject)))
                .toList();
    }

    private static void compare(String what, Function<StreamConfiguration, Object> part, StreamConfiguration wanted,
            StreamConfiguration stored, List<String> differences) {
        if (!Objects.equals(part.apply(wanted), part.apply(stored))) {
            differences.add(what + " " + text(part.apply(stored)) + " instead of " + text(part.apply(wanted)));
        }
    }

    private static String text(Object value) {
        return value instanceof Duration || value instanceof List ? value.toString() : String.valueOf(value).toLowerCase(Locale.ROOT);
    }
}
