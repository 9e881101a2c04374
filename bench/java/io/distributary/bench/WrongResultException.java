package io.distributary.bench;

/** What was measured did not do its work: messages missing, too many or out of order. Its time would mean nothing. */
final class WrongResultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongResultException(String message) {
        super(message);
    }
}
