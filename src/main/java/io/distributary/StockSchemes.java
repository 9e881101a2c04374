package io.distributary;

import io.distributary.config.AwsComponents;
import io.distributary.config.AwsConnection;
import io.distributary.config.Settings;
import io.distributary.ddb.DdbComponent;
import io.distributary.ddb.OwnWrites;
import io.distributary.ddbstream.DdbStreamComponent;
import io.distributary.ddbstream.PassedOver;
import io.distributary.errors.ErrorsAsFailures;
import io.distributary.fifo.FifoIds;
import io.distributary.nats.JetStreamComponent;
import io.distributary.nats.NatsConnection;
import io.distributary.opensearch.OpenSearchComponent;
import io.distributary.redrive.OnlyTargetSteps;
import io.distributary.sns.SnsComponent;
import io.distributary.sqs.SqsComponent;
import io.nats.client.Connection;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Puts our components and settings behind Camel's own scheme names, and what a redrive and an {@link Error} take into every route:
 * found by ServiceLoader, so the jar on the class path is all that an application has to do. Runs before {@code camel.component.*}
 * properties are bound; opens nothing.
 */
public final class StockSchemes implements ContextServicePlugin {
    @Override
    public void load(CamelContext context) {
        Registry registry = context.getRegistry();
        registry.bind("aws2-ddb", new DdbComponent());
        registry.bind("aws2-ddbstream", new DdbStreamComponent());
        registry.bind("aws2-sqs", new SqsComponent());
        registry.bind("aws2-sns", new SnsComponent());
        registry.bind("nats", new JetStreamComponent());
        registry.bind("opensearch", new OpenSearchComponent());
        registry.bind("distributary-aws", new AwsComponents(context));
        registry.bind("distributary-own-writes", new OwnWrites());
        registry.bind("distributary-fifo-ids", new FifoIds());
        OnlyTargetSteps onlyTarget = new OnlyTargetSteps();
        context.getCamelContextExtension().addContextPlugin(OnlyTargetSteps.class, onlyTarget);
        context.getCamelContextExtension().addInterceptStrategy(onlyTarget);
        context.getCamelContextExtension().addInterceptStrategy(new PassedOver());
        context.getCamelContextExtension().addInterceptStrategy(new ErrorsAsFailures());
        NatsConnection nats = new NatsConnection(context);
        // asked for at each look-up: a connection that was closed, as by refused credentials, is opened anew
        registry.bindAsPrototype(NatsConnection.REGISTRY_NAME, Connection.class, nats::get);
        context.addLifecycleStrategy(new Connections(nats));
    }

    private static final class Connections extends LifecycleStrategySupport {
        private final NatsConnection nats;

        Connections(NatsConnection nats) {
            this.nats = nats;
        }

        /** As Camel names it in the log when settings are refused. */
        @Override
        public String toString() {
            return "settings";
        }

        @Override
        public void onContextInitializing(CamelContext context) {
            Settings.of(context);
        }

        @Override
        public void onContextStopped(CamelContext context) {
            AwsConnection.of(context).close();
            try {
                nats.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
