package io.distributary.opensearch;

import java.time.Duration;

import io.distributary.coalesce.Coalescer;
import io.distributary.coalesce.CoalescingProducer;
import io.distributary.coalesce.DeliveryException;
import io.distributary.coalesce.Limits;
import io.distributary.coalesce.Part;
import io.distributary.coalesce.TargetMeters;
import io.distributary.coalesce.TargetThreads;
import io.distributary.event.ChangeEvent;
import io.distributary.metrics.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.support.service.ServiceHelper;

/** Writes the changes of a table with {@code _bulk}; leaves to Camel's producer what is a request of its own. */
final class BulkProducer extends CoalescingProducer<BulkAction> {
    /** Threads that continue routes, which may block. */
    private static final int WORKERS = 16;

    private final OpenSearchEndpoint endpoint;
    private final OpenSearchConfiguration options;
    private final BulkActions actions;
    private final String target;
    private SharedClients.Lease client;
    private AsyncProducer stock;

    BulkProducer(OpenSearchEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.actions = new BulkActions(options);
        this.target = options.getIndexName() == null ? options.getClusterName() : options.getIndexName();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (BulkDrafts.operationOf(exchange.getMessage()) != null) {
            return stock().process(exchange, callback);
        }
        return super.process(exchange, callback);
    }

    @Override
    protected Message<BulkAction> prepare(Part part) throws CamelExchangeException, DeliveryException {
        ChangeEvent event = part.event();
        if (event == null) {
            throw new IllegalArgumentException("The exchange carries no change of a DynamoDB table: the opensearch endpoint belongs in a"
                    + " route from aws2-ddbstream; for requests of your own set the option or header operation");
        }
        BulkAction action;
        try {
            action = actions.of(part);
        } catch (IllegalArgumentException e) {
            throw refused(part, e.getMessage());
        }
        return new Message<>(action, options.getDocumentId() == DocumentId.ITEM_KEY ? part.lane() : null, action.bytes());
    }

    @Override
    protected long maxMessageBytes() {
        return options.getMaxDocumentBytes();
    }

    private DeliveryException refused(Part part, String reason) {
        return new DeliveryException("opensearch:" + target, part.id(), reason, true, 0, null);
    }

    @Override
    protected void doStart() throws Exception {
        MeterRegistry registry = Meters.of(endpoint.getCamelContext());
        Counter superseded = Counter.builder("distributary.target.superseded")
                .description("Writes that OpenSearch refused because the document is newer already, or there already")
                .tags("component", "opensearch", "target", target).register(registry);
        client = endpoint.lease();
        TargetThreads threads = new TargetThreads(endpoint.getCamelContext(), this, "OpenSearch", 0, WORKERS);
        TargetMeters meters = new TargetMeters(registry, "opensearch", target);
        Limits limits = new Limits(options.getMaxBulkActions(), options.getMaxBulkBytes(), options.getMaxRequests(),
                options.getMaxBufferedBytes(), Duration.ofMillis(options.getLinger()), Duration.ofMillis(options.getRetryTimeout()));
        BulkTransport transport = new BulkTransport(client.client(), new IndexSetup(client.client(), options),
                superseded::increment);
        open(threads, new Coalescer<>("opensearch:" + target, limits, transport, threads.forCoalescer(), meters), meters);
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        synchronized (this) {
            ServiceHelper.stopService(stock);
            stock = null;
        }
        if (client != null) {
            client.close();
            client = null;
        }
    }

    /** Made when first needed: it has a client of its own, which it closes. */
    private synchronized AsyncProducer stock() {
        if (stock == null) {
            AsyncProducer producer = endpoint.stockProducer();
            ServiceHelper.startService(producer);
            stock = producer;
        }
        return stock;
    }
}
