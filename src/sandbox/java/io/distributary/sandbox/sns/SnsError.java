package io.distributary.sandbox.sns;

/** An answer in SNS's own error codes. */
final class SnsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    SnsError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static SnsError invalidParameter(String message) {
        return new SnsError(400, "InvalidParameter", "Invalid parameter: " + message);
    }

    static SnsError notFound(String message) {
        return new SnsError(404, "NotFound", message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    boolean senderFault() {
        return status < 500;
    }
}
