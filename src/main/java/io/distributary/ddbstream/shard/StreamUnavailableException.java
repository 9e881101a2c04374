package io.distributary.ddbstream.shard;

/** A table's stream cannot be read, and only a person can change that; the message says what, where and what to do. */
public final class StreamUnavailableException extends RuntimeException {
    public StreamUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
