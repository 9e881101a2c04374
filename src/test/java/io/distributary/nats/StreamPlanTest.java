package io.distributary.nats;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.nats.client.api.CompressionOption;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class StreamPlanTest {

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertEquals(new StreamPlan("orders", List.of("orders.>"), RetentionPolicy.Limits, Duration.ofDays(14), StorageType.File,
                CompressionOption.S2, Duration.ofMinutes(2), 1), stream().plan());
    }

    @Test
    void everyPartCanBeConfigured() {
        JetStreamStream stream = stream();
        stream.setSubjects("a.> , b");
        stream.setRetention("workqueue");
        stream.setMaxAge("1d12h");
        stream.setStorage("MEMORY");
        stream.setCompression("none");
        stream.setDuplicateWindow("10m");
        stream.setReplicas(3);

        assertEquals(new StreamPlan("orders", List.of("a.>", "b"), RetentionPolicy.WorkQueue, Duration.ofHours(36),
                StorageType.Memory, CompressionOption.None, Duration.ofMinutes(10), 3), stream.plan());
    }

    @Test
    void aWrongWordIsRefusedWithTheRightOnes() {
        assertEquals("Stream option storage must be one of file, memory, not disk",
                assertThrows(IllegalArgumentException.class, () -> stream().setStorage("disk")).getMessage());
        assertEquals("Stream option maxAge must be a duration like 14d or 2m, not two weeks",
                assertThrows(IllegalArgumentException.class, () -> stream().setMaxAge("two weeks")).getMessage());
        assertEquals("A JetStream stream needs a name and at least one subject",
                assertThrows(IllegalArgumentException.class, () -> new JetStreamStream().plan()).getMessage());
    }

    static Stream<Arguments> stored() {
        return Stream.of(
                arguments("the same", change(b -> b), List.of()),
                arguments("server 2.9", change(b -> b.compressionOption(CompressionOption.None)),
                        List.of("compression none instead of s2")),
                arguments("account limits", change(b -> b.maxAge(Duration.ofDays(1)).replicas(3)),
                        List.of("max age PT24H instead of PT336H", "replicas 3 instead of 1")),
                arguments("other kind", change(b -> b.storageType(StorageType.Memory).retentionPolicy(RetentionPolicy.Interest)),
                        List.of("retention interest instead of limits", "storage memory instead of file")),
                arguments("other window", change(b -> b.duplicateWindow(Duration.ofSeconds(5)).subjects("x")),
                        List.of("subjects [x] instead of [orders.>]", "duplicate window PT5S instead of PT2M")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stored")
    void whatTheServerStoredOtherwiseIsNamed(String name, StreamConfiguration stored, List<String> differences) {
        assertEquals(differences, StreamPlan.differences(stream().plan().wanted(), stored));
    }

    @Test
    void subjectsThatAnExistingStreamDoesNotTakeAreNamed() {
        assertEquals(List.of("b.>"), StreamPlan.uncovered(List.of("a.x", "b.>"), List.of("a.*", "b.x")));
        assertEquals(List.of(), StreamPlan.uncovered(List.of("a.x", "b.>"), List.of(">")));
    }

    private static JetStreamStream stream() {
        JetStreamStream stream = new JetStreamStream();
        stream.setName("orders");
        stream.setSubjects("orders.>");
        return stream;
    }

    private static StreamConfiguration change(UnaryOperator<StreamConfiguration.Builder> change) {
        return change.apply(StreamConfiguration.builder(stream().plan().wanted())).build();
    }
}
