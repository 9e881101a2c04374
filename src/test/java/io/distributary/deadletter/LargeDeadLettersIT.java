package io.distributary.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.distributary.coalesce.DeliveryException;
import io.distributary.deadletter.store.DeadLetterStore;
import io.distributary.deadletter.store.DeadLetterStores;
import io.distributary.deadletter.store.RefusedEntry;
import io.distributary.deadletter.store.StoredDeadLetter;
import io.distributary.event.ChangeEvent;
import io.distributary.routes.Changes;
import io.distributary.sandbox.Service;
import io.distributary.sandbox.Stack;
import io.distributary.sandbox.WithSandbox;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Dead letters of exactly what their destination takes, and of one byte more. */
@WithSandbox({Service.SQS, Service.SNS, Service.NATS, Service.S3})
class LargeDeadLettersIT {
    private static final Pattern TOO_LARGE = Pattern.compile("the dead letter has (\\d+) bytes, attributes included; the limit is (\\d+);"
            + " set claim-check.bucket to a bucket that takes such ones");
    private static final int FIRST = 1_200_000;
    private static final Instant TIME = Instant.parse("2026-11-21T12:00:00Z");

    private final String name = Stack.uniqueName("large");

    @ParameterizedTest
    @EnumSource(names = {"SQS", "SNS_FIFO", "JETSTREAM"})
    void oneByteTooManyGoesToTheBucketAndIsReadBackWhole(Destination destination, Stack stack) throws Exception {
        destination.create(stack, name);
        int fits;
        try (DefaultCamelContext without = context(stack, null)) {
            Matcher told = tooLarge(send(without, destination, "first", FIRST));
            fits = FIRST - (Integer.parseInt(told.group(1)) - Integer.parseInt(told.group(2)));
            assertNull(send(without, destination, "fits!", fits));
            Matcher byOne = tooLarge(send(without, destination, "large", fits + 1));
            assertEquals(Integer.parseInt(byOne.group(2)) + 1, Integer.parseInt(byOne.group(1)));
        }
        stack.s3().createBucket(create -> create.bucket(name));
        try (DefaultCamelContext with = context(stack, name)) {
            assertNull(send(with, destination, "large", fits + 1));
            assertEquals(1, stack.s3().listObjectsV2(list -> list.bucket(name)).contents().size());

            List<String> found = new ArrayList<>();
            List<RefusedEntry> refused = new ArrayList<>();
            try (DeadLetterStore store = DeadLetterStores.open(with, destination.store(name, null), refused::add)) {
                store.forEachRemaining(each -> {
                    DeadLetterSchema.check(each.letter().json());
                    found.add(each.letter().itemKey() + " " + each.letter().event().newImage().get("total").s().length());
                });
            }
            assertEquals(List.of(), refused);
            assertEquals(List.of("fits!|METADATA " + fits, "large|METADATA " + (fits + 1)), found.stream().sorted().toList());

            stack.s3().listObjectsV2(list -> list.bucket(name)).contents()
                    .forEach(object -> stack.s3().deleteObject(delete -> delete.bucket(name).key(object.key())));
            try (DeadLetterStore store = DeadLetterStores.open(with, destination.store(name, null), refused::add)) {
                store.forEachRemaining(each -> assertEquals("fits!|METADATA", each.letter().itemKey()));
            }
            assertTrue(refused.get(0).reason().startsWith("S3 does not give its claim check s3://" + name + "/"), refused::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SNS_FIFO", "JETSTREAM", "S3"})
    void oneChangeHasADeadLetterForEachTargetAndARepetitionAddsNone(Destination destination, Stack stack) throws Exception {
        destination.create(stack, name);
        ChangeEvent event = Changes.of("INSERT", "ORDER#1");
        try (DefaultCamelContext context = context(stack, null)) {
            for (String target : List.of("kamelet:a", "kamelet:b", "kamelet:a")) {
                assertNull(send(context, destination, event, target));
            }
            List<String> targets = new ArrayList<>();
            try (DeadLetterStore store = DeadLetterStores.open(context, destination.store(name, null), none -> { })) {
                while (store.hasNext()) { // of one item a FIFO queue gives one after the other
                    StoredDeadLetter letter = store.next();
                    targets.add(letter.letter().target());
                    store.remove(letter);
                    if (destination == Destination.S3) {
                        assertTrue(letter.id().matches("dead-letters/2026-11-21/orders/" + event.eventId() + "-[0-9a-f]{16}\\.json"), letter.id());
                    }
                }
            }
            assertEquals(List.of("kamelet:a", "kamelet:b"), targets.stream().sorted().toList());
        }
    }

    private static Matcher tooLarge(Exception failure) {
        Matcher matcher = TOO_LARGE.matcher(assertInstanceOf(DeliveryException.class, failure).getMessage());
        assertTrue(matcher.find(), failure::getMessage);
        return matcher;
    }

    /** Its size depends on the number of characters alone: key, ids and times are always as long. */
    private Exception send(DefaultCamelContext context, Destination destination, String key, int characters) {
        return send(context, destination, Changes.of("INSERT", key, AttributeValue.fromS("x".repeat(characters))), "kamelet:x");
    }

    private Exception send(DefaultCamelContext context, Destination destination, ChangeEvent event, String target) {
        return context.createProducerTemplate().send(destination.uri(name, null), exchange -> {
            exchange.getMessage().setBody(event);
            exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
            exchange.setProperty(ExchangePropertyKey.CORRELATION_ID, "exchange");
            exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, new IOException("refused"));
            exchange.setProperty(Failure.EXCHANGE_PROPERTY, new Failure(target, "x", "orders", 5, TIME, TIME));
        }).getException();
    }

    private static DefaultCamelContext context(Stack stack, String bucket) {
        DefaultCamelContext context = new DefaultCamelContext();
        stack.settings(Service.SQS, Service.SNS, Service.NATS, Service.S3).forEach(context.getPropertiesComponent()::addInitialProperty);
        if (bucket != null) {
            context.getPropertiesComponent().addInitialProperty("claim-check.bucket", bucket);
        }
        KameletComponent kamelets = new KameletComponent();
        kamelets.setLocation("file:kamelets");
        kamelets.setNoErrorHandler(true);
        context.addComponent("kamelet", kamelets);
        context.start();
        return context;
    }
}
