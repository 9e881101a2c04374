package io.distributary.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server on loopback that counts the connections made to it, and closes each. */
final class Connections implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger count = new AtomicInteger();
    private final Thread acceptor;

    Connections() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        acceptor = new Thread(this::accept, "connections");
        acceptor.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                count.incrementAndGet();
                connection.close();
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    int count() {
        return count.get();
    }

    /** Settings by which every server of the application is this one; without credentials no client of AWS would come to it. */
    String settings() {
        String at = "127.0.0.1:" + socket.getLocalPort();
        return "\naws.region=us-east-1\naws.endpoint=http://" + at + "\nnats.url=nats://" + at + "\nopensearch.urls=http://" + at
                + "\nclaim-check.bucket=claims\n"
                + Stream.of("sqs", "sns", "ddb", "ddbstream").map(name -> "camel.component.aws2-" + name + ".access-key=a\n"
                        + "camel.component.aws2-" + name + ".secret-key=b\n").collect(Collectors.joining());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        socket.close();
        acceptor.join();
    }
}
