package io.distributary.nats;

import java.nio.file.Path;

import io.distributary.project.GeneratedTables;
import io.distributary.project.OptionTables;
import org.junit.jupiter.api.Test;

/** Keeps the options in docs/nats.md, between their markers, equal to the component's catalog entry. */
class NatsPageTest {
    @Test
    void thePageListsAllOptions() throws Exception {
        GeneratedTables.check(Path.of("docs/nats.md"),
                new OptionTables("/META-INF/io/distributary/nats/nats.json", new JetStreamConfiguration())
                        .table("producer", "producer*")
                        .table("common", "common", "advanced")
                        .table("security", "security")
                        .table("consumer", "consumer*").all(),
                NatsPageTest.class);
    }
}
