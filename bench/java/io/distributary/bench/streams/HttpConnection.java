package io.distributary.bench.streams;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As much of HTTP/1.1 as the SDK's clients need: requests one after the other, each with a Content-Length. */
final class HttpConnection {
    private static final String TARGET = "x-amz-target:";
    private static final String LENGTH = "content-length:";
    private static final int MAX_REQUEST = 64 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(MAX_REQUEST);

    HttpConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * @param operation the last part of X-Amz-Target
     * @param body      JSON
     */
    record Request(String operation, byte[] body) {
    }

    /** The next request, or null when the client has closed the connection. */
    Request read() throws IOException {
        var headEnd = headEnd();
        while (headEnd < 0) {
            if (channel.read(in) < 0) {
                return null;
            }
            headEnd = headEnd();
        }
        var head = new String(in.array(), 0, headEnd, StandardCharsets.ISO_8859_1);
        var target = value(head, TARGET);
        var length = Integer.parseInt(value(head, LENGTH));
        var bodyStart = headEnd + 4;
        while (in.position() < bodyStart + length) {
            if (channel.read(in) < 0) {
                throw new EOFException("The client closed the connection inside a request");
            }
        }
        var body = new byte[length];
        in.get(bodyStart, body);
        in.limit(in.position()).position(bodyStart + length).compact();
        return new Request(target.substring(target.indexOf('.') + 1), body);
    }

    private int headEnd() {
        var bytes = in.array();
        for (var i = 0; i + 3 < in.position(); i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static String value(String head, String name) throws IOException {
        var at = head.toLowerCase(Locale.ROOT).indexOf("\n" + name);
        if (at < 0) {
            throw new IOException("A request without the header " + name);
        }
        var end = head.indexOf('\r', at);
        return head.substring(at + 1 + name.length(), end < 0 ? head.length() : end).strip();
    }

    /** Answers with these parts, one after the other. */
    void write(int status, ByteBuffer... body) throws IOException {
        var length = 0;
        for (var part : body) {
            length += part.remaining();
        }
        var head = ("HTTP/1.1 " + status + "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        var parts = new ByteBuffer[body.length + 1];
        parts[0] = ByteBuffer.wrap(head);
        System.arraycopy(body, 0, parts, 1, body.length);
        for (var left = head.length + (long) length; left > 0;) {
            left -= channel.write(parts);
        }
    }
}
