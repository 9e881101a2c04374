package io.distributary.coalesce;

/**
 * A target that cannot be sent to as it is configured: absent, or refusing. The message is finished: one line that names the
 * target and its server and says what to do; no secret.
 */
public final class TargetUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause the server's refusal, or null */
    public TargetUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
