package io.distributary.bench;

import io.distributary.event.StreamSource;
import java.net.URI;
import java.nio.file.Path;

/** Where a contender's source reads, and where it may keep its checkpoints. */
interface StreamOrigin extends AutoCloseable {
    /** The server of DynamoDB and its streams. */
    URI dynamoDbEndpoint();

    /** Where the stream's records come from, for routes whose source does not tell. */
    StreamSource source();

    /** An empty folder for checkpoints. */
    Path checkpoints();

    @Override
    void close() throws Exception;
}
