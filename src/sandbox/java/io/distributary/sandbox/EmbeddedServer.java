package io.distributary.sandbox;

import java.net.URI;

/**
 * One server of the sandbox. Started by its factory method, on a free loopback port;
 * {@link #close()} leaves nothing running.
 */
public interface EmbeddedServer extends AutoCloseable {
    /** Host of every address. */
    String LOOPBACK = "127.0.0.1";

    URI endpoint();

    @Override
    void close();
}
