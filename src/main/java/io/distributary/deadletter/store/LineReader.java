package io.distributary.deadletter.store;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** The whole lines of a file up to the end that it has at the beginning, with their places. Not thread-safe. */
final class LineReader implements AutoCloseable {
    private final InputStream in;
    private final long end;
    private long offset;
    private long number;

    /**
     * One line.
     *
     * @param offset of its first byte
     * @param number from 1 on
     * @param bytes  without the line end
     */
    record Line(long offset, long number, byte[] bytes) {
    }

    /** @param channel at its beginning; closed by {@link #close()} */
    LineReader(FileChannel channel) throws IOException {
        end = channel.size();
        in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    }

    /** Empty at the end; a line without its line end, as one that is being written, is not one yet. */
    Optional<Line> next() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long at = offset;
            while (at < end) {
                int next = in.read();
                at++;
                if (next == '\n') {
                    Line result = new Line(offset, ++number, line.toByteArray());
                    offset = at;
                    return Optional.of(result);
                }
                if (next < 0) {
                    return Optional.empty();
                }
                line.write(next);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
