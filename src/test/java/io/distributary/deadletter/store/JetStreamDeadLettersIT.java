package io.distributary.deadletter.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import io.distributary.deadletter.Letters;
import io.distributary.routes.Changes;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@WithSandbox(Service.NATS)
final class JetStreamDeadLettersIT {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<RefusedEntry> refused = new ArrayList<>();
    private final Stack stack;
    private final String stream = Stack.uniqueName("letters");

    JetStreamDeadLettersIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void start() {
        Properties settings = new Properties();
        settings.putAll(stack.settings(Service.NATS));
        context.getPropertiesComponent().setInitialProperties(settings);
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"WorkQueue", "Limits"})
    void whatIsRemovedIsNotReadAgainAndTheRestIsThereAtOnce(RetentionPolicy retention) throws Exception {
        stream(retention);
        for (int i = 0; i < 250; i++) {
            publish("orders", letter("ORDER#" + i));
        }
        publish("orders", "no letter");
        try (DeadLetterStore store = open("jetstream:" + stream)) {
            publish("orders", letter("LATER"));
            List<StoredDeadLetter> letters = all(store);
            assertEquals(250, letters.size(), "what is published meanwhile is for the next reader");
            assertFalse(store.hasNext());
            letters.subList(0, 230).forEach(store::remove);
            store.remove(letters.get(0));
        }
        assertEquals(List.of("stream " + stream + ", sequence 251"), refused.stream().map(RefusedEntry::place).toList());
        try (DeadLetterStore store = open("jetstream:" + stream)) {
            assertEquals(21, all(store).size());
        }
        long kept = stack.nats().jetStreamManagement().getStreamInfo(stream).getStreamState().getMsgCount();
        assertEquals(retention == RetentionPolicy.WorkQueue ? 22 : 252, kept);
    }

    @Test
    void onlyTheSubjectThatIsAskedForIsRead() throws Exception {
        stream(RetentionPolicy.Limits);
        publish("orders", letter("ORDER#1"));
        publish("customers", letter("CUSTOMER#1"));
        try (DeadLetterStore store = open("jetstream:" + stream + "/" + stream + ".customers")) {
            assertEquals(List.of("CUSTOMER#1|METADATA"), all(store).stream().map(each -> each.letter().itemKey()).toList());
        }
    }

    @Test
    void anotherReaderGetsNothingOfWhatIsRead() throws Exception {
        stream(RetentionPolicy.WorkQueue);
        publish("orders", letter("ORDER#1"));
        try (DeadLetterStore other = open("jetstream:" + stream)) {
            try (DeadLetterStore store = open("jetstream:" + stream)) {
                assertEquals("1", store.next().id());
                assertFalse(other.hasNext());
                assertEquals("1 0", other.withOthers() + " " + store.withOthers());
            }
            assertTrue(other.hasNext());
            assertEquals(0, other.withOthers());
            publish("orders", letter("LATER"));
            other.next();
            assertFalse(other.hasNext());
            assertEquals(0, other.withOthers(), "what came later is with nobody");
        }
    }

    @Test
    void aMissingStreamIsTold() {
        assertEquals("There is no JetStream stream none-such",
                assertThrows(IllegalArgumentException.class, () -> open("jetstream:none-such")).getMessage());
    }

    private void stream(RetentionPolicy retention) throws Exception {
        stack.nats().jetStreamManagement().addStream(StreamConfiguration.builder().name(stream).subjects(stream + ".>")
                .retentionPolicy(retention).build());
    }

    private void publish(String table, String body) throws Exception {
        stack.nats().jetStream().publish(stream + "." + table, body.getBytes(StandardCharsets.UTF_8));
    }

    private DeadLetterStore open(String uri) {
        return DeadLetterStores.open(context, uri, refused::add);
    }

    private static String letter(String partitionKey) {
        return Letters.of(Changes.of("INSERT", partitionKey), "kamelet:distributary-sqs-sink?queue=orders");
    }

    private static List<StoredDeadLetter> all(DeadLetterStore store) {
        List<StoredDeadLetter> letters = new ArrayList<>();
        store.forEachRemaining(letters::add);
        return letters;
    }
}
