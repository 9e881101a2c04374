package io.distributary.sandbox;

import java.net.URI;

/** A server that somebody else started, and stops. */
record RunningServer(URI endpoint) implements EmbeddedServer {
    @Override
    public void stop() {
        throw new UnsupportedOperationException("not ours to stop");
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException("not ours to start");
    }

    @Override
    public void close() {
        // not ours
    }
}
