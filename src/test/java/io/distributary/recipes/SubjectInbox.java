package io.distributary.recipes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.distributary.sandbox.Stack;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;

/** A JetStream stream as it is at a moment. */
final class SubjectInbox {
    private final Stack stack;
    private final String stream;

    SubjectInbox(Stack stack, String stream) {
        this.stack = stack;
        this.stream = stream;
    }

    /** All messages of the subject, which may have wildcards, from the stream's beginning; none where there is no stream yet. */
    List<Message> look(String subject) throws IOException, JetStreamApiException {
        if (!stack.nats().jetStreamManagement().getStreamNames().contains(stream)) {
            return List.of();
        }
        List<Message> arrived = new ArrayList<>();
        var subscription = stack.nats().jetStream().subscribe(subject, PullSubscribeOptions.builder().stream(stream).build());
        try {
            List<Message> batch;
            do {
                batch = subscription.fetch(100, Duration.ofMillis(300));
                arrived.addAll(batch);
            } while (!batch.isEmpty());
        } finally {
            subscription.unsubscribe();
        }
        return arrived;
    }

    static String text(Message message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
    }
}
