package io.distributary.dryrun;

import java.util.List;

import io.distributary.coalesce.DeliveryException;
import io.distributary.deadletter.FailureTracker;
import io.distributary.event.ChangeEvent;
import io.distributary.preview.Draft;
import io.distributary.preview.OutsideStep;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.camel.util.URISupport;

/**
 * Watches what the nodes of the routes do with the one exchange that is under way, and runs none that reaches out of the
 * process. A failure is not tried again: nothing outside could change meanwhile.
 */
final class Tracer implements InterceptStrategy {
    /** The dead letter kamelets' log. */
    private static final String DEAD_LETTER_LOG = FailureTracker.class.getPackageName();

    private volatile Trace current = new Trace();

    Trace begin() {
        current = new Trace();
        return current;
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode node, Processor target, Processor next) {
        OutsideStep outside = node instanceof ProcessDefinition ? outside(target) : null;
        return new Watched(node, tellsOfDeadLetter(node) ? exchange -> { }
                : outside == null ? target : (Processor) exchange -> draft(outside, exchange));
    }

    /** A dead letter kamelet logs at last that it has stored the dead letter; here it has not. */
    private static boolean tellsOfDeadLetter(NamedNode node) {
        return node instanceof LogDefinition log && DEAD_LETTER_LOG.equals(log.getLogName());
    }

    private static OutsideStep outside(Processor target) {
        Object step = target;
        while (step != null) {
            if (step instanceof OutsideStep found) {
                return found;
            }
            List<?> inner = step instanceof Navigate<?> around && around.hasNext() ? around.next() : List.of();
            step = inner.isEmpty() ? null : inner.get(0);
        }
        return null;
    }

    private void draft(OutsideStep outside, Exchange exchange) throws Exception {
        for (Draft draft : outside.drafts(exchange)) {
            wouldSend(exchange, draft.target(), exchange.getProperty(ChangeEvent.EXCHANGE_PROPERTY, ChangeEvent.class), draft);
        }
    }

    /** @param event or null */
    void wouldSend(Exchange exchange, String endpoint, ChangeEvent event, Draft draft) {
        boolean afterFailure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT) != null;
        current.add(new Step.WouldSend(URISupport.sanitizeUri(endpoint),
                afterFailure ? null : exchange.getProperty(FailureTracker.TARGET, String.class), afterFailure,
                event == null ? null : event.eventId(), draft));
    }

    private static String place(NamedNode node) {
        String file = node.getLocation();
        if (file == null || node.getLineNumber() < 1) {
            return node.getId();
        }
        return file.replaceFirst("^file:", "") + ":" + node.getLineNumber();
    }

    /** A filter around nothing but a stop leaves out what it matches, as those of the kamelets do. */
    private static Step.Decision decision(FilterDefinition filter, boolean matched) {
        boolean leavesOut = filter.getOutputs().size() == 1 && filter.getOutputs().get(0) instanceof StopDefinition;
        if (!leavesOut) {
            return new Step.Decision("filter", place(filter), condition(filter), matched ? "passed" : "did not match");
        }
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(filter);
        Object kamelet = route == null || route.getTemplateParameters() == null ? null : route.getTemplateParameters().get("templateId");
        return new Step.Decision("filter", place(filter), kamelet == null ? condition(filter) : "kamelet:" + kamelet,
                matched ? "left out" : "goes on");
    }

    private static String condition(NamedNode node) {
        ExpressionDefinition expression = ((HasExpressionType) node).getExpressionType();
        return expression.getExpression() == null ? expression.toString()
                : expression.getLanguage() + "{" + expression.getExpression() + "}";
    }

    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof DeliveryException)) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private final class Watched extends DelegateAsyncProcessor {
        private final NamedNode node;

        Watched(NamedNode node, Processor target) {
            super(target);
            this.node = node;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Trace trace = current;
            entered(trace, exchange.getExchangeId());
            return super.process(exchange, doneSync -> {
                left(trace, exchange);
                callback.done(doneSync);
            });
        }

        /** A branch was taken when its first step is entered. */
        private void entered(Trace trace, String exchange) {
            NamedNode parent = node.getParent();
            if (parent instanceof FilterDefinition filter) {
                if (trace.visit(filter, exchange)) {
                    trace.add(decision(filter, true));
                }
                return;
            }
            ChoiceDefinition choice = choice(parent);
            if (choice != null && trace.visit(choice, exchange)) {
                int when = when(choice);
                trace.add(when < 0 ? new Step.Decision("choice", place(choice), null, "otherwise")
                        : new Step.Decision("choice", place(choice), condition(choice.getWhenClauses().get(when)), "when " + (when + 1)));
            }
        }

        /** Of which the node is in a branch, or null. */
        private static ChoiceDefinition choice(NamedNode parent) {
            if (parent instanceof ChoiceDefinition choice) {
                return choice;
            }
            return (parent instanceof WhenDefinition || parent instanceof OtherwiseDefinition)
                    && parent.getParent() instanceof ChoiceDefinition choice ? choice : null;
        }

        /** The number of the branch that the node is in, from 0 on; -1 for otherwise. */
        private int when(ChoiceDefinition choice) {
            for (int i = 0; i < choice.getWhenClauses().size(); i++) {
                if (choice.getWhenClauses().get(i).getOutputs().stream().anyMatch(each -> each == node)) {
                    return i;
                }
            }
            return -1;
        }

        private void left(Trace trace, Exchange exchange) {
            Exception failure = exchange.getException();
            if (failure != null) {
                trace.failed(failure, new Step.Failed(place(node), reason(failure)));
                // not tried again; a doTry, which has no redelivery, would not take the mark away
                if (!exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, false, boolean.class)) {
                    exchange.setRollbackOnly(true);
                }
            } else if (node instanceof FilterDefinition filter && !trace.visited(node, exchange.getExchangeId())) {
                trace.add(decision(filter, false));
            } else if (node instanceof ChoiceDefinition && !trace.visited(node, exchange.getExchangeId())) {
                trace.add(new Step.Decision("choice", place(node), null, "no branch"));
            }
        }
    }
}
