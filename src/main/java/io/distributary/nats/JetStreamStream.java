package io.distributary.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

import io.distributary.preview.Draft;
import io.distributary.preview.OutsideStep;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.CompressionOption;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a JetStream stream when it is absent, before the first message after each connect; an existing one is left as
 * it is. A step of a route: exchanges pass through unchanged, and fail while the stream was never had. Later they pass
 * whatever the server says: the publish after it waits for the server, and tries again. Thread-safe once configured.
 */
public final class JetStreamStream implements Processor, CamelContextAware, OutsideStep {
    private static final Logger LOG = LoggerFactory.getLogger(JetStreamStream.class);
    private static final int NOT_FOUND = 404;
    /** The server's error code (not the HTTP one) for a stream created meanwhile by somebody else, otherwise configured. */
    private static final int NAME_IN_USE = 10058;

    private CamelContext context;
    private String name;
    private List<String> subjects = List.of();
    private RetentionPolicy retention = RetentionPolicy.Limits;
    private Duration maxAge = Duration.ofDays(14);
    private StorageType storage = StorageType.File;
    private CompressionOption compression = CompressionOption.S2;
    private Duration duplicateWindow = Duration.ofMinutes(2);
    private int replicas = 1;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile long ensuredAtConnect = -1;
    private boolean told;

    @Override
    public void process(Exchange exchange) throws Exception {
        NatsConnection connection = NatsConnection.of(context);
        if (ensuredAtConnect == connection.connects()) {
            return;
        }
        if (ensuredAtConnect < 0) {
            lock.lock();
        } else if (!lock.tryLock()) {
            return;
        }
        try {
            ensure(connection);
        } catch (IOException e) {
            if (ensuredAtConnect < 0) {
                throw e;
            }
            LOG.debug("Whether the stream {} is still there is asked again with the next message", name, e);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing: what it creates is no message, and only where it is absent. */
    @Override
    public boolean sends() {
        return false;
    }

    @Override
    public List<Draft> drafts(Exchange exchange) {
        return List.of();
    }

    private void ensure(NatsConnection shared) throws IOException {
        Connection connection;
        try {
            connection = shared.connected();
        } catch (IOException e) {
            // sending waits for the server, for as long as it may, and then tells; a redelivery comes here again
            LOG.debug("Whether there is a stream {} is asked when NATS can be reached", name, e);
            return;
        }
        long connect = shared.connects();
        if (ensuredAtConnect == connect) {
            return;
        }
        if (!connection.getServerInfo().isJetStreamAvailable()) {
            throw new IOException(JetStreamConnection.withoutJetStream(connection));
        }
        try {
            StreamPlan plan = plan();
            JetStreamManagement management = connection.jetStreamManagement();
            StreamConfiguration stored = find(management);
            boolean created = stored == null;
            if (created) {
                stored = create(management, plan.wanted());
            }
            tell(created ? StreamPlan.differences(plan.wanted(), stored) : List.of(),
                    StreamPlan.uncovered(subjects, stored.getSubjects()));
        } catch (JetStreamApiException e) {
            throw new IOException("Cannot create the JetStream stream " + name + " for " + subjects + ": "
                    + e.getErrorDescription(), e);
        }
        ensuredAtConnect = connect;
    }

    private StreamConfiguration find(JetStreamManagement management) throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(name).getConfiguration();
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private StreamConfiguration create(JetStreamManagement management, StreamConfiguration wanted)
            throws IOException, JetStreamApiException {
        try {
            management.addStream(wanted);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != NAME_IN_USE) {
                throw e;
            }
        }
        return management.getStreamInfo(name).getConfiguration();
    }

    private void tell(List<String> differences, List<String> uncovered) {
        if (told) {
            return;
        }
        if (!differences.isEmpty()) {
            told = true;
            LOG.warn("The NATS server stored the stream {} with {}; an older server may not know the option", name,
                    String.join(", ", differences));
        }
        if (!uncovered.isEmpty()) {
            told = true;
            LOG.warn("The existing stream {} does not cover {}: messages there fail until its subjects are changed"
                    + " (nats stream edit {})", name, String.join(", ", uncovered), name);
        }
    }

    StreamPlan plan() {
        if (name == null || name.isBlank() || subjects.isEmpty()) {
            throw new IllegalArgumentException("A JetStream stream needs a name and at least one subject");
        }
        return new StreamPlan(name, subjects, retention, maxAge, storage, compression, duplicateWindow, replicas);
    }

    /** The stream's name. */
    public void setName(String name) {
        this.name = name;
    }

    /** Comma-separated subjects, with wildcards, for a stream that is created. */
    public void setSubjects(String subjects) {
        this.subjects = List.of(subjects.split("\\s*,\\s*"));
    }

    /** {@code limits} (default), {@code interest} or {@code workqueue}. */
    public void setRetention(String retention) {
        this.retention = known("retention", RetentionPolicy.get(retention.toLowerCase(Locale.ROOT)), retention,
                "limits, interest, workqueue");
    }

    /** How long messages are kept, as {@code 14d} (default) or {@code 12h}; 0 for ever. */
    public void setMaxAge(String maxAge) {
        this.maxAge = duration("maxAge", maxAge);
    }

    /** {@code file} (default) or {@code memory}. */
    public void setStorage(String storage) {
        this.storage = known("storage", StorageType.get(storage.toLowerCase(Locale.ROOT)), storage, "file, memory");
    }

    /** {@code s2} (default) or {@code none}. */
    public void setCompression(String compression) {
        this.compression = known("compression", CompressionOption.get(compression.toLowerCase(Locale.ROOT)), compression,
                "s2, none");
    }

    /** How long the server remembers message ids, as {@code 2m} (default). */
    public void setDuplicateWindow(String duplicateWindow) {
        this.duplicateWindow = duration("duplicateWindow", duplicateWindow);
    }

    /** Copies in a cluster: 1 (default) to 5. */
    public void setReplicas(int replicas) {
        this.replicas = replicas;
    }

    private static <T> T known(String option, T value, String text, String choices) {
        if (value == null) {
            throw new IllegalArgumentException("Stream option " + option + " must be one of " + choices + ", not " + text);
        }
        return value;
    }

    private static Duration duration(String option, String text) {
        try {
            return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("Stream option " + option + " must be a duration like 14d or 2m, not " + text, e);
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }
}
