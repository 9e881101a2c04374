package io.distributary.ddbstream.checkpoint.leased;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.distributary.ddbstream.checkpoint.CheckpointException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueStatus;
import io.nats.client.api.StorageType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key-value bucket that checkpoints are kept in: made when it is absent; its errors said in words for people. */
final class NatsBucket {
    private static final Logger LOG = LoggerFactory.getLogger(NatsBucket.class);
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    /** The server's error code for a revision that is not the expected one. */
    private static final int WRONG_REVISION = 10071;

    private final Supplier<Connection> connections;
    private final String name;

    /** A call to the bucket. */
    interface Call<T> {
        T on(KeyValue bucket) throws IOException, JetStreamApiException, InterruptedException;
    }

    /** The key is no longer at the expected revision. */
    static final class ConflictException extends Exception {
        private ConflictException(JetStreamApiException cause) {
            super(cause);
        }
    }

    /** @param connections gives the connection for each call; {@code IllegalArgumentException} when it is refused for good */
    NatsBucket(Supplier<Connection> connections, String name) {
        this.connections = connections;
        this.name = name;
    }

    String place() {
        return "NATS bucket " + name;
    }

    String name() {
        return name;
    }

    /** Makes the bucket when it is absent: history 1, file storage, nothing expires. */
    void ensure() {
        call("opened", connection -> {
            if (!connection.getServerInfo().isJetStreamAvailable()) {
                throw new CheckpointException("The NATS server " + connection.getConnectedUrl() + " runs without JetStream, which the "
                        + place() + " for the checkpoints needs: start it with --jetstream.");
            }
            KeyValueManagement management = connection.keyValueManagement();
            KeyValueStatus status;
            try {
                status = management.getStatus(name);
            } catch (JetStreamApiException e) {
                if (e.getErrorCode() != NOT_FOUND) {
                    throw e;
                }
                management.create(KeyValueConfiguration.builder(name).maxHistoryPerKey(1).storageType(StorageType.File)
                        .description("Checkpoints of DynamoDB streams").build());
                return null;
            }
            check(status);
            return null;
        });
    }

    private void check(KeyValueStatus status) {
        if (status.getTtl() != null && !status.getTtl().isZero()) {
            throw new CheckpointException("The " + place() + " forgets its keys after " + status.getTtl() + ", so a checkpoint may"
                    + " vanish: set checkpointBucket to one without TTL; it is created when absent.");
        }
        if (status.getStorageType() != StorageType.File) {
            LOG.warn("The {} keeps the checkpoints in memory only: a restart of the NATS server loses them", place());
        }
    }

    /** The keys that match, without deleted ones. */
    List<String> keys(String pattern) {
        return read(bucket -> new ArrayList<>(bucket.keys(pattern)));
    }

    /** The entry, or null where there is none. */
    KeyValueEntry get(String key) {
        return read(bucket -> bucket.get(key));
    }

    /** Drops the marks that deleted keys leave behind. */
    void purgeDeleted() {
        read(bucket -> {
            bucket.purgeDeletes();
            return null;
        });
    }

    private <T> T read(Call<T> call) {
        return call("read", connection -> call.on(connection.keyValue(name)));
    }

    /**
     * Writes the key if it is at this revision.
     *
     * @param revision 0 where it has none
     * @return the new revision
     */
    long put(String key, byte[] value, long revision) throws ConflictException {
        return write(bucket -> revision == 0 ? bucket.create(key, value) : bucket.update(key, value, revision));
    }

    void delete(String key, long revision) throws ConflictException {
        write(bucket -> {
            bucket.delete(key, revision);
            return null;
        });
    }

    private <T> T write(Call<T> call) throws ConflictException {
        ConflictException[] conflict = new ConflictException[1];
        T result = call("written", connection -> {
            try {
                return call.on(connection.keyValue(name));
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() != WRONG_REVISION) {
                    throw e;
                }
                conflict[0] = new ConflictException(e);
                return null;
            }
        });
        if (conflict[0] != null) {
            throw conflict[0];
        }
        return result;
    }

    private interface ConnectionCall<T> {
        T on(Connection connection) throws IOException, JetStreamApiException, InterruptedException;
    }

    private <T> T call(String done, ConnectionCall<T> call) {
        String what = "The " + place() + " for the checkpoints cannot be " + done + " (";
        try {
            Connection connection = connections.get();
            if (connection.getStatus() != Connection.Status.CONNECTED) {
                throw new IOException("NATS is unreachable; reconnecting");
            }
            return call.on(connection);
        } catch (JetStreamApiException e) {
            String message = what + e.getErrorDescription() + ").";
            throw e.getErrorCode() >= SERVER_ERROR ? CheckpointException.unreachable(message, e) : new CheckpointException(message, e);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(what + e.getMessage() + ").", e);
        } catch (IOException | IllegalStateException e) {
            throw CheckpointException.unreachable(what + e.getMessage() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CheckpointException.unreachable(what + "interrupted).", e);
        }
    }
}
