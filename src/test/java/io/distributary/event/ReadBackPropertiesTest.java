package io.distributary.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.distributary.event.input.EventReader;
import io.distributary.event.input.InputEvent;
import io.distributary.event.input.InputOptions;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** What we wrote, read back as events: the same change, in the sense that each form allows. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class ReadBackPropertiesTest {
    private static final InputOptions KEYS = new InputOptions(null, null, "pk", "sk");

    @Provide
    Arbitrary<ChangeEvent> events() {
        return Items.events();
    }

    private static ChangeEvent readBack(byte[] json) throws IOException {
        try (EventReader reader = new EventReader(new ByteArrayInputStream(json), "written", KEYS, note -> { })) {
            InputEvent read = reader.next();
            assertEquals(false, reader.hasNext());
            return read.event();
        }
    }

    /** Its types are gone, so what can differ is only whether a change of an attribute's type alone counts as one. */
    @Property(tries = 200)
    void anEnvelopeGivesTheSameEnvelopeAndIds(@ForAll("events") ChangeEvent event) throws IOException {
        String written = EventFormat.CHANGE_EVENT.toJson(event);
        ChangeEvent read = readBack(written.getBytes(StandardCharsets.UTF_8));
        assertEquals(withoutChanged(written), withoutChanged(EventFormat.CHANGE_EVENT.toJson(read)));
        assertEquals(ids(event), ids(read));
    }

    @Property(tries = 200)
    void aRecordGivesTheSameRecord(@ForAll("events") ChangeEvent event) throws IOException {
        ChangeEvent read = readBack(EventFormat.DYNAMODB_JSON.toBytes(event));
        assertEquals(Items.canonical(event.record()), Items.canonical(read.record()));
        assertEquals(ids(event), ids(read));
    }

    private static List<Object> ids(ChangeEvent event) {
        return List.of(event.eventId(), event.eventName(), event.sequenceNumber(), event.source().tableName(), event.itemKey(),
                event.ttlDelete());
    }

    private static String withoutChanged(String envelope) {
        return envelope.replaceFirst(",\"changed\":\\[[^\\]]*\\](?=(,\"ttl_delete\":true)?\\}$)", "");
    }
}
