package io.distributary.ddbstream;

import java.nio.file.Path;

import io.distributary.project.GeneratedTables;
import io.distributary.project.OptionTables;
import org.junit.jupiter.api.Test;

/** Keeps the options in docs/reading.md, between their markers, equal to the component's catalog entry. */
class ReadingPageTest {
    @Test
    void thePageListsAllOptionsOfTheSource() throws Exception {
        GeneratedTables.check(Path.of("docs/reading.md"),
                new OptionTables("/META-INF/io/distributary/ddbstream/aws2-ddbstream.json", new DdbStreamConfiguration())
                        .table("options", "consumer*")
                        .table("connection", "proxy", "security")
                        .withoutDefaults("scheduler", "scheduler").all(),
                ReadingPageTest.class);
    }
}
