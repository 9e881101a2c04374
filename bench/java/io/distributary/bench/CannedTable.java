package io.distributary.bench;

import io.distributary.bench.streams.CannedRecords;
import io.distributary.bench.streams.Shard;
import io.distributary.bench.streams.StreamsEndpoint;
import io.distributary.event.StreamSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A table whose stream a {@link StreamsEndpoint} answers, so that the emulator is not the limit. */
final class CannedTable implements StreamOrigin {
    private final StreamsEndpoint endpoint;
    private final StreamSource source;
    private final Path checkpoints = Folders.checkpoints();

    /** @param records in each shard */
    CannedTable(CannedRecords canned, int shards, int records) throws IOException {
        this(canned.shards(shards, records));
    }

    CannedTable(List<? extends Shard> shards) throws IOException {
        endpoint = StreamsEndpoint.start(LocalTable.NAME, shards);
        source = new StreamSource(LocalTable.NAME, endpoint.streamArn(), endpoint.shardId(0), "pk", "sk");
    }

    @Override
    public URI dynamoDbEndpoint() {
        return endpoint.uri();
    }

    @Override
    public StreamSource source() {
        return source;
    }

    @Override
    public Path checkpoints() {
        return checkpoints;
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
    }
}
