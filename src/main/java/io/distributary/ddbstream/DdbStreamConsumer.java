package io.distributary.ddbstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.distributary.ddbstream.shard.Engine;
import io.distributary.ddbstream.shard.EngineSettings;
import io.distributary.ddbstream.shard.EngineStatus;
import io.distributary.ddbstream.shard.LocalEngine;
import io.distributary.ddbstream.shard.StartPosition;
import io.distributary.event.ChangeEvent;
import io.distributary.metrics.Meters;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.component.aws2.ddbstream.Ddb2StreamConfiguration.StreamIteratorType;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an exchange of every record, and acknowledges the record by what became of the exchange. */
final class DdbStreamConsumer extends DefaultConsumer implements ShutdownAware, Suspendable {
    private static final Logger LOG = LoggerFactory.getLogger(DdbStreamConsumer.class);

    private volatile TableEngines engines;
    private EngineThreads threads;
    private final List<SourceMeters> meters = new ArrayList<>();

    DdbStreamConsumer(DdbStreamEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public DdbStreamEndpoint getEndpoint() {
        return (DdbStreamEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        if (getHealthCheck() == null) {
            DdbStreamHealthCheck check = new DdbStreamHealthCheck("consumer:" + getRouteId(), this::status);
            check.setEnabled(getEndpoint().getComponent().isHealthCheckConsumerEnabled());
            setHealthCheck(check);
        }
        super.doInit();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        DdbStreamConfiguration options = getEndpoint().getConfiguration();
        String application = applicationName(options);
        StreamClients clients = getEndpoint().clients();
        EngineThreads starting = new EngineThreads(getEndpoint().getCamelContext().getExecutorServiceManager(), options,
                getEndpoint().getComponent().describePace(clients));
        boolean started = false;
        try {
            List<TableRef> tables = TableRef.parse(options.getTableName());
            EngineSettings settings = settings(options, application, tables.size());
            TableEngines next = new TableEngines(tables.stream().map(table -> engine(table, settings, starting, clients)).toList());
            next.start();
            engines = next;
            threads = starting;
            started = true;
        } finally {
            if (!started) {
                starting.stop();
                closeMeters();
            }
        }
    }

    private Engine engine(TableRef table, EngineSettings settings, EngineThreads runtime, StreamClients clients) {
        SourceMeters tableMeters = new SourceMeters(Meters.of(getEndpoint().getCamelContext()), table.tableName(),
                settings.applicationName());
        meters.add(tableMeters);
        Engine engine = new LocalEngine(table.tableName(), settings, runtime, table.finder(clients, runtime::awaitDescribeTurn),
                clients, CheckpointStores.of(getEndpoint().getCamelContext(), getEndpoint().getConfiguration(), clients,
                        settings.applicationName(), table.tableName()), this::handle, tableMeters);
        tableMeters.showFailing(engine::status);
        return engine;
    }

    private void closeMeters() {
        meters.forEach(SourceMeters::close);
        meters.clear();
    }

    private String applicationName(DdbStreamConfiguration options) {
        if (options.getApplicationName() != null && !options.getApplicationName().isBlank()) {
            return options.getApplicationName();
        }
        Route route = getRoute();
        if (route != null && !"true".equals(route.getProperties().get(Route.CUSTOM_ID_PROPERTY))) {
            LOG.warn("The route from aws2-ddbstream:{} has no id of its own, so its checkpoints are kept under '{}', which"
                    + " another order of the routes would change: give the route an id, or set applicationName.",
                    options.getTableName(), getRouteId());
        }
        return getRouteId();
    }

    private EngineSettings settings(DdbStreamConfiguration options, String application, int tables) {
        return new EngineSettings(application,
                options.startInstant() != null ? StartPosition.AT_TIMESTAMP
                        : options.getStreamIteratorType() == StreamIteratorType.FROM_START ? StartPosition.FROM_START
                        : StartPosition.FROM_LATEST,
                options.startInstant(), options.getMaxResultsPerRequest(), options.getMaxInFlight(),
                Math.max(1, options.getMaxBufferedBytes() / tables),
                getEndpoint().firstDelay(), getEndpoint().minPollInterval(), getEndpoint().maxPollInterval(),
                Duration.ofMillis(options.getShardRefreshInterval()),
                Duration.ofMillis(options.getCheckpointInterval()), options.getOnGap());
    }

    private void handle(ChangeEvent event, Consumer<Throwable> done) {
        Exchange exchange = createExchange(false);
        Message message = exchange.getMessage();
        message.setBody(event);
        event.writeHeaders(message);
        exchange.setProperty(ChangeEvent.EXCHANGE_PROPERTY, event);
        getAsyncProcessor().process(exchange, doneSync -> {
            Throwable failure = failure(exchange);
            releaseExchange(exchange, false);
            done.accept(failure);
        });
    }

    /** Null when the route is done with the exchange; a dead letter channel leaves no exception behind. */
    private static Throwable failure(Exchange exchange) {
        if (exchange.getException() != null) {
            return exchange.getException();
        }
        return exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()
                ? new IllegalStateException("the exchange is marked for rollback") : null;
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
            try {
                current.stop();
            } finally {
                threads.stop();
                closeMeters();
            }
        }
        super.doStop();
    }

    /** False: Camel then suspends the consumer, and stops it when nothing is in flight any more. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
        return false;
    }

    /** Records in flight beyond those that Camel's own repository of exchanges in flight knows. */
    @Override
    public int getPendingExchangesSize() {
        TableEngines current = engines;
        return current == null ? 0 : Math.max(0, current.inFlight()
                - getEndpoint().getCamelContext().getInflightRepository().size(getRouteId()));
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing beyond suspending
    }

    /** What the tables' engines are doing; empty while the consumer is stopped. */
    List<EngineStatus> status() {
        TableEngines current = engines;
        return current == null ? List.of() : current.status();
    }
}
