package io.distributary.deadletter.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

import io.distributary.deadletter.Letters;
import io.distributary.routes.Changes;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

@WithSandbox(Service.S3)
final class S3DeadLettersIT {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<RefusedEntry> refused = new ArrayList<>();
    private final Stack stack;
    private final String bucket = Stack.uniqueName("letters");

    S3DeadLettersIT(Stack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void bucket() {
        Properties settings = new Properties();
        settings.putAll(stack.settings(Service.S3));
        context.getPropertiesComponent().setInitialProperties(settings);
        context.start();
        stack.s3().createBucket(create -> create.bucket(bucket));
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void everyPageIsReadAndWhatIsRemovedIsGone() {
        IntStream.range(0, 230).forEach(i -> put("letters/2026-11-20/orders/" + i + ".json", letter("ORDER#" + i)));
        put("letters/notes.txt", "no letter");
        put("letters-of-others/1.json", letter("OTHER"));
        try (DeadLetterStore store = open("s3://" + bucket + "/letters")) {
            List<StoredDeadLetter> letters = all(store);
            assertEquals(230, letters.size());
            assertEquals("s3://" + bucket + "/letters/2026-11-20/orders/0.json", letters.get(0).place());
            letters.subList(0, 200).forEach(store::remove);
            store.remove(letters.get(0));
        }
        assertEquals(List.of("s3://" + bucket + "/letters/notes.txt"), refused.stream().map(RefusedEntry::place).toList());
        try (DeadLetterStore store = open("s3://" + bucket + "/letters/")) {
            assertEquals(30, all(store).size());
        }
        try (DeadLetterStore store = open("s3://" + bucket)) {
            assertEquals(31, all(store).size());
        }
    }

    @Test
    void aNewerDeadLetterThatTookItsPlaceStays() {
        put("letters/1.json", letter("ORDER#1"));
        try (DeadLetterStore store = open("s3://" + bucket + "/letters")) {
            StoredDeadLetter old = store.next();
            put("letters/1.json", letter("ORDER#2"));
            store.remove(old);
        }
        try (DeadLetterStore store = open("s3://" + bucket + "/letters")) {
            assertEquals("ORDER#2|METADATA", store.next().letter().itemKey());
        }
    }

    @Test
    void whatIsGoneWhenItsTurnComesIsLeftOut() {
        put("letters/1.json", letter("ORDER#1"));
        put("letters/2.json", letter("ORDER#2"));
        try (DeadLetterStore store = open("s3://" + bucket + "/letters")) {
            store.next();
            stack.s3().deleteObject(delete -> delete.bucket(bucket).key("letters/2.json"));
            assertEquals(List.of(), all(store));
        }
    }

    @Test
    void aMissingBucketIsTold() {
        assertEquals("There is no S3 bucket none-such", assertThrows(IllegalArgumentException.class, () -> open("s3://none-such/x")).getMessage());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> open("s3:none")).getMessage().contains("s3://BUCKET/PREFIX expected"));
    }

    private void put(String key, String body) {
        stack.s3().putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(body));
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
