package io.distributary.sandbox.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A body in the encoding {@code aws-chunked}: chunks, each with its size in hex and perhaps a signature, and trailing
 * headers after the last, as the SDK sends them.
 *
 * @param content  what the chunks hold
 * @param trailers by their names in lower case
 */
record AwsChunked(byte[] content, Map<String, String> trailers) {

    /** @throws S3Error where the body ends early, or is not in that encoding */
    static AwsChunked decode(byte[] body) {
        var content = new ByteArrayOutputStream(body.length);
        var position = 0;
        while (true) {
            var end = endOfLine(body, position);
            var size = size(new String(body, position, end - position, StandardCharsets.US_ASCII));
            position = end + 2;
            if (size == 0) {
                return new AwsChunked(content.toByteArray(), trailers(body, position));
            }
            if (position + size + 2 > body.length) {
                throw new S3Error(400, "IncompleteBody", "The body ends inside a chunk");
            }
            content.write(body, position, size);
            position += size + 2;
        }
    }

    private static int size(String line) {
        try {
            return Integer.parseInt(line.split(";", 2)[0], 16);
        } catch (NumberFormatException e) {
            throw new S3Error(400, "InvalidRequest", "Not the size of a chunk: " + line);
        }
    }

    private static Map<String, String> trailers(byte[] body, int from) {
        var trailers = new HashMap<String, String>();
        for (var line : new String(body, from, body.length - from, StandardCharsets.US_ASCII).split("\r\n")) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                trailers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
            }
        }
        return trailers;
    }

    private static int endOfLine(byte[] body, int from) {
        for (var i = from; i + 1 < body.length; i++) {
            if (body[i] == '\r' && body[i + 1] == '\n') {
                return i;
            }
        }
        throw new S3Error(400, "IncompleteBody", "The body ends before its last chunk");
    }
}
