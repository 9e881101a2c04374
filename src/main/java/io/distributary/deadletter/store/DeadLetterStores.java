package io.distributary.deadletter.store;

import java.nio.file.Path;
import java.util.function.Consumer;

import org.apache.camel.CamelContext;

/** Opens a store by where it is. */
public final class DeadLetterStores {
    /** What can be opened, for messages and help. */
    public static final String FORMS = "sqs:QUEUE (name, URL or ARN; of an SNS topic, the queue that subscribes to it), file:PATH,"
            + " jetstream:STREAM[/SUBJECT] or s3://BUCKET[/PREFIX]";

    private DeadLetterStores() {
    }

    /**
     * Connects with the settings of the context.
     *
     * @param uri     one of {@link #FORMS}
     * @param refused told once of each entry that is no dead letter, by the thread that iterates
     * @throws IllegalArgumentException where it names none, or there is none: one line
     */
    public static DeadLetterStore open(CamelContext context, String uri, Consumer<RefusedEntry> refused) {
        int colon = uri.indexOf(':');
        String name = uri.substring(colon + 1);
        if (colon < 1 || name.isBlank()) {
            throw none(uri);
        }
        LetterReader letters = new LetterReader(context, refused);
        return switch (uri.substring(0, colon)) {
            case "sqs", "aws2-sqs" -> SqsDeadLetters.open(context, name, letters);
            case "jetstream" -> JetStreamDeadLetters.open(context, name, letters);
            case "s3" -> S3DeadLetters.open(context, uri, letters);
            case "file" -> FileDeadLetters.open(Path.of(name), letters);
            default -> throw none(uri);
        };
    }

    private static IllegalArgumentException none(String uri) {
        return new IllegalArgumentException(uri + " names no dead letters: " + FORMS);
    }
}
