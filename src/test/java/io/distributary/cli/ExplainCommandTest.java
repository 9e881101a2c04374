package io.distributary.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.distributary.diagnosis.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExplainCommandTest {
    private static final String EVENT = """
            {"event_id":"e1","event_name":"MODIFY","table_name":"orders","sequence_number":"7","approximate_creation_time":\
            "2026-11-20T10:15:30Z","keys":{"pk":"ORDER 1","sk":1},"new_image":{"n":1.50,"pk":"ORDER 1","sk":1},"old_image":{"pk":"ORDER 1","sk":1}}
            """;

    @TempDir
    Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int explain(String events, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("e.json"), events);
        CommandLine command = DistributaryCommand.commandLine();
        command.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        List<String> line = new ArrayList<>(List.of("explain", file.toString()));
        line.addAll(List.of(options));
        return command.execute(line.toArray(String[]::new));
    }

    @Test
    void everyFormAndEveryIdIsThere() throws IOException {
        assertEquals(0, explain(EVENT, "--json", "--subject", "t.{partitionKey}.{sortKey}"), errors.toString());
        JsonNode explained = new ObjectMapper().readTree(output.toString());
        JsonNode ids = explained.path("ids");
        assertEquals("ORDER 1|1", ids.path("item_key").textValue());
        assertEquals("e1", ids.path("fifo_message_deduplication_id").textValue());
        assertTrue(ids.path("fifo_message_group_id").textValue().startsWith("\\#"), "a space may be no part of a group id");
        assertEquals("t.ORDER%201.1", ids.path("nats_subject").textValue());
        assertEquals("e1", ids.path("nats_msg_id").textValue());
        assertEquals("ORDER 1|1", ids.path("opensearch_id").textValue());
        assertTrue(ids.path("opensearch_version").isLong());
        assertEquals("[\"n\"]", ids.path("changed").toString());
        assertEquals("e1", explained.path("headers").path("CamelAwsDdbStreamEventId").textValue());
        JsonNode forms = explained.path("forms");
        assertEquals("e1", forms.path("change-event").path("event_id").textValue());
        assertEquals("1.50", forms.path("dynamodb-json").path("dynamodb").path("NewImage").path("n").path("N").textValue());
        assertEquals("e1", forms.path("cloudevents").path("id").textValue());
        assertEquals("u", forms.path("debezium-json").path("op").textValue());
        assertTrue(forms.path("native-json").isObject() && forms.path("tagged-json").isObject());
    }

    @Test
    void whatAChangeCannotHaveIsSaidInItsPlace() throws IOException {
        assertEquals(0, explain(EVENT.replace("MODIFY", "REMOVE").replace("new_image", "other")));
        assertTrue(output.toString().contains("native-json\n    none: Cannot convert new_image"), output.toString());
    }

    @Test
    void oneOfSeveralIsNamedByItsNumber() throws IOException {
        assertEquals(0, explain(EVENT + EVENT.replace("e1", "e2"), "--number", "2"));
        assertTrue(output.toString().startsWith(folder.resolve("e.json") + ":2\n"), output.toString());
        assertEquals(ExitCode.EVENTS.code(), explain(EVENT, "--number", "3"));
        assertTrue(errors.toString().contains("there is no event number 3"), errors.toString());
    }

    @Test
    void mistakesHaveTheirCodes() throws IOException {
        assertEquals(ExitCode.USAGE.code(), explain(EVENT, "--subject", "a b"));
        assertEquals(ExitCode.EVENTS.code(), explain("hello"));
        List.of("--subject: Not a NATS subject template", "e.json:1: a JSON object expected, found 'h'")
                .forEach(message -> assertTrue(errors.toString().contains(message), errors.toString()));
    }
}
