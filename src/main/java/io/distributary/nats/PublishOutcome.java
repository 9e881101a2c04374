package io.distributary.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.distributary.coalesce.Outcome;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;

/** What a server's answer to one publish means: pure. Codes are those of nats-server's errors.json. */
final class PublishOutcome {
    private static final byte[] ACKNOWLEDGED = "{\"stream\":".getBytes(StandardCharsets.US_ASCII);
    private static final int NO_RESPONDERS = 503;
    private static final int SERVER_FAULT = 500;
    private static final Pattern PERMISSIONS = Pattern.compile("(?i).*permissions violation for publish to \"([^\"]+)\".*");

    private PublishOutcome() {
    }

    /** @param subject as published to */
    static Outcome of(Message answer, String subject) {
        if (answer.isStatusMessage()) {
            String status = answer.getStatus().getMessageWithCode();
            return answer.getStatus().getCode() == NO_RESPONDERS ? noStream(subject) : retryable(subject, status);
        }
        byte[] data = answer.getData();
        // an error comes before the stream's name, which is then empty
        if (startsWith(data, ACKNOWLEDGED)) {
            return Outcome.ACCEPTED;
        }
        try {
            new PublishAck(answer);
            return Outcome.ACCEPTED;
        } catch (JetStreamApiException e) {
            String reason = e.getErrorDescription() + " (" + e.getErrorCode() + ", " + e.getApiErrorCode() + ")";
            // 5xx: no leader, no resources, a full stream that discards what is new
            return e.getErrorCode() >= SERVER_FAULT ? retryable(subject, reason) : refused(subject, reason, e);
        } catch (IOException | RuntimeException e) {
            return retryable(subject, "the answer is no acknowledgement of JetStream: " + e.getMessage());
        }
    }

    /** Also the answer while a stream has no leader, or JetStream is starting. */
    private static Outcome noStream(String subject) {
        return retryable(subject, "no JetStream stream answers for it (503 No Responders): create one");
    }

    static Outcome retryable(String subject, String reason) {
        return new Outcome.Retryable("subject " + subject + ": " + reason, null);
    }

    static Outcome refused(String subject, String reason, Throwable cause) {
        return new Outcome.Refused("subject " + subject + ": " + reason, cause);
    }

    /** The subject that the connection's user may not publish to, or null where an error of the connection is another one. */
    static String deniedSubject(String connectionError) {
        Matcher denied = PERMISSIONS.matcher(connectionError);
        return denied.matches() ? denied.group(1) : null;
    }

    private static boolean startsWith(byte[] data, byte[] prefix) {
        if (data == null || data.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (data[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
