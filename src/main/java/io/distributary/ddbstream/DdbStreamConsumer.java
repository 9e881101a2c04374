package io.distributary.ddbstream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.distributary.ddbstream.shard.Batching;
import io.distributary.ddbstream.shard.Engine;
import io.distributary.ddbstream.shard.EngineSettings;
import io.distributary.ddbstream.shard.EngineStatus;
import io.distributary.ddbstream.shard.LocalEngine;
import io.distributary.ddbstream.shard.RetryLimits;
import io.distributary.metrics.Meters;
import org.apache.camel.Endpoint;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.processor.SendProcessor;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;

/** Runs the engines of the endpoint's tables, and hands what they read to the route. */
final class DdbStreamConsumer extends DefaultConsumer implements ShutdownAware, Suspendable {
    private final SendProcessor deadLetters;
    private volatile TableEngines engines;
    private volatile String application;
    private EngineThreads threads;
    private ProgressCheck progress;
    private ExchangeHandler handler;
    private final List<SourceMeters> meters = new CopyOnWriteArrayList<>();

    /** @param deadLetters where records go that are given up; null where none ever is */
    DdbStreamConsumer(DdbStreamEndpoint endpoint, Processor processor, Endpoint deadLetters) {
        super(endpoint, processor);
        this.deadLetters = deadLetters == null ? null : new SendProcessor(deadLetters, ExchangePattern.InOnly);
    }

    @Override
    public DdbStreamEndpoint getEndpoint() {
        return (DdbStreamEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        if (getHealthCheck() == null) {
            DdbStreamHealthCheck check = new DdbStreamHealthCheck("consumer:" + getRouteId(), this::usedBy, this::status);
            check.setEnabled(getEndpoint().getComponent().isHealthCheckConsumerEnabled());
            setHealthCheck(check);
        }
        super.doInit();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        DdbStreamConfiguration options = getEndpoint().getConfiguration();
        UsingRoute using = UsingRoute.of(this);
        application = using.applicationName(options);
        StreamClients clients = getEndpoint().clients();
        EngineThreads starting = new EngineThreads(getEndpoint().getCamelContext().getExecutorServiceManager(), options,
                getEndpoint().getComponent().describePace(clients));
        boolean started = false;
        ServiceHelper.startService(deadLetters);
        handler = new ExchangeHandler(this, using.id(), deadLetters);
        try {
            List<TableRef> tables = TableRef.parse(options.getTableName());
            EngineSettings settings = settings(options, application, tables.size());
            TableEngines next = new TableEngines(tables.stream().map(table -> engine(table, settings, using, starting, clients)).toList());
            next.start();
            engines = next;
            threads = starting;
            progress = ProgressCheck.register(getEndpoint().getCamelContext(), using.id(), starting.heartbeats(), clients.longestCall());
            started = true;
        } finally {
            if (!started) {
                starting.stop();
                closeMeters();
            }
        }
    }

    /** The route that uses this one, where that is another; or null. */
    private String usedBy() {
        String using = UsingRoute.of(this).id();
        return using.equals(getRouteId()) ? null : using;
    }

    private Engine engine(TableRef table, EngineSettings settings, UsingRoute using, EngineThreads runtime, StreamClients clients) {
        SourceMeters tableMeters = new SourceMeters(Meters.of(getEndpoint().getCamelContext()), table.tableName(),
                settings.applicationName(), using.id(), runtime::now);
        meters.add(tableMeters);
        Engine engine = new LocalEngine(table.tableName(), settings, runtime, table.finder(clients, runtime::awaitDescribeTurn),
                clients, CheckpointStores.of(getEndpoint().getCamelContext(), getEndpoint().getConfiguration(), clients,
                        settings.applicationName(), table.tableName()), handler, tableMeters);
        tableMeters.show(engine);
        return engine;
    }

    private void closeMeters() {
        meters.forEach(SourceMeters::close);
        meters.clear();
        handler.close();
    }

    private EngineSettings settings(DdbStreamConfiguration options, String application, int tables) {
        return new EngineSettings(application,
                options.startPosition(), options.startInstant(), options.getMaxResultsPerRequest(), options.getMaxInFlight(),
                Math.max(1, options.getMaxBufferedBytes() / tables),
                getEndpoint().firstDelay(), getEndpoint().minPollInterval(), getEndpoint().maxPollInterval(),
                Duration.ofMillis(options.getShardRefreshInterval()),
                Duration.ofMillis(options.getCheckpointInterval()), options.getOnGap(), batching(options), options.getOrderBy(),
                new RetryLimits(options.getMaxAttempts(), Duration.ofMillis(options.getMaxRecordAge())));
    }

    private static Batching batching(DdbStreamConfiguration options) {
        return options.getExchangeMode() == ExchangeMode.RECORD ? Batching.OFF
                : new Batching(true, options.getBatchSize(), Duration.ofMillis(options.getBatchWindow()));
    }

    @Override
    protected void doSuspend() {
        TableEngines current = engines;
        if (current != null) {
            current.suspend();
        }
    }

    @Override
    protected void doResume() {
        TableEngines current = engines;
        if (current != null) {
            current.resume();
        }
    }

    @Override
    protected void doStop() throws Exception {
        TableEngines current = engines;
        engines = null;
        if (current != null) {
            ProgressCheck.unregister(getEndpoint().getCamelContext(), progress);
            try {
                current.stop();
            } finally {
                threads.stop();
                closeMeters();
            }
        }
        ServiceHelper.stopService(deadLetters);
        super.doStop();
    }

    /** False: Camel then suspends the consumer, and stops it when nothing is in flight any more. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    /**
     * All that is not acknowledged yet, also what Camel's repository of exchanges in flight counts too. Camel adds the two, and
     * only asks whether the sum is zero; what it does not count twice it could miss between looking here and there.
     */
    @Override
    public int getPendingExchangesSize() {
        TableEngines current = engines;
        return current == null ? 0 : current.inFlight();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing beyond suspending
    }

    /** For people; empty while the consumer is stopped. */
    List<SourceSnapshot> snapshots() {
        TableEngines current = engines;
        DdbStreamConfiguration options = getEndpoint().getConfiguration();
        UsingRoute using = UsingRoute.of(this);
        return current == null ? List.of() : current.snapshots().stream().map(engine -> new SourceSnapshot(using.id(),
                engine.status().tableName(), application, options.getCheckpointStore(), CheckpointStores.place(options),
                checkpointed(engine.status().tableName()), options.getMaxInFlight(), options.getDeadLetterUri() != null,
                current.inFlight(engine.status().tableName()), engine)).toList();
    }

    private Instant checkpointed(String table) {
        return meters.stream().filter(each -> each.table().equals(table)).map(SourceMeters::lastCheckpointed).filter(Objects::nonNull)
                .findFirst().orElse(null);
    }

    /** What the tables' engines are doing; empty while the consumer is stopped. */
    List<EngineStatus> status() {
        TableEngines current = engines;
        return current == null ? List.of() : current.status();
    }
}
