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

    /** Stops it as if it had crashed: open connections end, new ones are refused. Address and data stay. */
    void stop();

    /** Starts it again after {@link #stop()}; nothing to do while it runs. */
    void start();

    @Override
    void close();
}
