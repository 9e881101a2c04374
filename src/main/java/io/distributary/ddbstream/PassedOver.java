package io.distributary.ddbstream;

import java.util.List;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ConvertBodyDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RemoveHeaderDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RemovePropertyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetBodyDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.TransformDataTypeDefinition;
import org.apache.camel.model.TransformDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Knows the records that no {@code filter} block of their route has let pass, where all of the route's sending is in such blocks: then
 * they are filtered, and not delivered. Other routes, and other steps, are as they would be without it. Thread-safe.
 */
public final class PassedOver implements InterceptStrategy {
    private static final String PROPERTY = "DistributaryPassedOver";
    private static final List<Class<?>> SEND_NOTHING = List.of(SetHeaderDefinition.class, SetPropertyDefinition.class, SetBodyDefinition.class,
            TransformDefinition.class, TransformDataTypeDefinition.class, ConvertBodyDefinition.class, RemoveHeaderDefinition.class,
            RemoveHeadersDefinition.class, RemovePropertyDefinition.class, LogDefinition.class);

    /** Of an exchange that its route is done with. */
    static boolean is(Exchange exchange) {
        return exchange.getProperty(PROPERTY) != null && exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT) == null;
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode node, Processor target, Processor next) {
        if (node == firstFilter(node.getParent())) {
            return new Step(target, true);
        }
        boolean passed = node.getParent() instanceof FilterDefinition filter && filter.getOutputs().get(0) == node
                && firstFilter(filter.getParent()) != null;
        return passed ? new Step(target, false) : target;
    }

    /** The route's first filter; null where the route sends outside of its filters too, or does not start from a table. */
    private static FilterDefinition firstFilter(NamedNode parent) {
        if (!(parent instanceof RouteDefinition route) || !startsFromTable(route)) {
            return null;
        }
        FilterDefinition first = null;
        for (ProcessorDefinition<?> step : route.getOutputs()) {
            if (step instanceof FilterDefinition filter) {
                first = first == null ? filter : first;
            } else if (!step.isAbstract() && !sendsNothing(step)) {
                return null;
            }
        }
        return first;
    }

    private static boolean startsFromTable(RouteDefinition route) {
        String from = route.getInput() == null ? null : route.getInput().getEndpointUri();
        return from != null && (from.startsWith("aws2-ddbstream:") || from.startsWith("kamelet:distributary-ddb-streams-source"));
    }

    private static boolean sendsNothing(ProcessorDefinition<?> step) {
        return SEND_NOTHING.contains(step.getClass()) || step instanceof ToDefinition to && to.getEndpointUri() != null
                && to.getEndpointUri().matches("log:.*|kamelet:distributary-[a-z-]+-action(\\?.*)?");
    }

    /** A filter, or the first step behind it. */
    private static final class Step extends DelegateAsyncProcessor {
        private final boolean passedOver;

        Step(Processor target, boolean passedOver) {
            super(target);
            this.passedOver = passedOver;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            if (passedOver) {
                exchange.setProperty(PROPERTY, Boolean.TRUE);
            } else {
                exchange.removeProperty(PROPERTY);
            }
            return super.process(exchange, callback);
        }
    }
}
