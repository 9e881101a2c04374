package io.distributary.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Free ports, for servers that cannot choose one themselves. */
final class Ports {
    private Ports() {
    }

    /** A loopback port that was free a moment ago. */
    static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new SandboxException("No free port on loopback: " + e.getMessage(), e);
        }
    }
}
