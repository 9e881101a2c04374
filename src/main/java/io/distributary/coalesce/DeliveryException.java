package io.distributary.coalesce;

/** A target did not accept one message; says which target, which message, and why in the server's own words. */
public final class DeliveryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String target;
    private final String id;
    private final String reason;
    private final boolean permanent;

    /**
     * @param target    the endpoint, without secrets
     * @param id        the message's event id, or its exchange's id
     * @param reason    the server's words
     * @param permanent true when it would fail again in the same way
     * @param attempts  how often it was sent, 0 when it was refused before
     * @param cause     what was thrown, or null
     */
    public DeliveryException(String target, String id, String reason, boolean permanent, int attempts, Throwable cause) {
        super(target + " did not accept " + id + (attempts > 1 ? " in " + attempts + " attempts: " : ": ") + reason, cause);
        this.target = target;
        this.id = id;
        this.reason = reason;
        this.permanent = permanent;
    }

    /**
     * One that was not sent because the target takes no message so large.
     *
     * @param bytes the message's size as the target counts it
     * @param limit the target's
     */
    public static DeliveryException tooLarge(String target, String id, long bytes, long limit) {
        return new DeliveryException(target, id, "the message has " + bytes + " bytes, attributes included; the limit is " + limit,
                true, 0, null);
    }

    public String target() {
        return target;
    }

    public String id() {
        return id;
    }

    public String reason() {
        return reason;
    }

    /** True when a further attempt would fail in the same way. */
    public boolean isPermanent() {
        return permanent;
    }
}
