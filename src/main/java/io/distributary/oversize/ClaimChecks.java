package io.distributary.oversize;

/** Keeps payloads that are too large for a message. Thread-safe. */
interface ClaimChecks {
    /**
     * Stores the payload, replacing an equal one; blocks until it is stored.
     *
     * @throws RuntimeException where it is not, with the server's reason
     */
    void put(ClaimCheck claim, byte[] payload);
}
