package io.distributary.redrive;

import java.util.List;
import java.util.Locale;

import io.distributary.attributes.ChangeTransformer;
import io.distributary.deadletter.FailureTracker;
import io.distributary.feed.LocalSchemes;
import io.distributary.preview.OutsideStep;
import io.distributary.redrive.StepKind.Position;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RemovePropertyDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Leaves out the steps of routes that an exchange with the property {@link OnlyTarget} must not do again, and keeps its failures from
 * dead letter channels: the dead letter that it is from stays where it is. Until {@link #use()} it costs a route nothing but one read of
 * a field for each step, afterwards a look-up of that property. Thread-safe.
 */
public final class OnlyTargetSteps implements InterceptStrategy {
    private volatile boolean used;
    private volatile boolean rewrites;

    /** That of the context. */
    static OnlyTargetSteps of(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(OnlyTargetSteps.class);
    }

    /** From now on exchanges may carry the property, also such as outlive a redrive, in a wire tap. */
    void use() {
        used = true;
    }

    /** Whether any route hides, leaves out or renames attributes. */
    boolean rewrites() {
        return rewrites;
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode node, Processor target, Processor next) {
        StepKind kind = kind(node, target);
        rewrites |= kind == StepKind.REWRITE;
        return new Step(kind, fansOut(node), target);
    }

    private static boolean fansOut(NamedNode node) {
        return node instanceof MulticastDefinition || node instanceof SplitDefinition || node instanceof RecipientListDefinition;
    }

    private static StepKind kind(NamedNode node, Processor target) {
        if (node instanceof SetPropertyDefinition set && FailureTracker.TARGET.equals(set.getName())) {
            return StepKind.TARGET_BEGINS;
        }
        if (node instanceof RemovePropertyDefinition remove && FailureTracker.TARGET.equals(remove.getName())) {
            return StepKind.TARGET_ENDS;
        }
        if (node instanceof ToDefinition to) {
            EndpointAware sender = within(target, EndpointAware.class);
            return sender == null || ExchangePattern.InOut.name().equalsIgnoreCase(to.getPattern())
                    || LocalSchemes.sendsNothing(sender.getEndpoint()) ? StepKind.OTHER : StepKind.SEND;
        }
        if (node instanceof ToDynamicDefinition to) {
            return ExchangePattern.InOut.name().equalsIgnoreCase(to.getPattern()) || !leaves(to.getUri()) ? StepKind.OTHER : StepKind.SEND;
        }
        if (node instanceof ProcessDefinition) {
            return within(target, OutsideStep.class) != null ? StepKind.OUTSIDE_STEP
                    : within(target, ChangeTransformer.class) != null ? StepKind.REWRITE : StepKind.OTHER;
        }
        return StepKind.OTHER;
    }

    /** Of a URI that is completed for each exchange the scheme tells, where it is written out. */
    private static boolean leaves(String uri) {
        int end = uri == null ? -1 : uri.indexOf(':');
        String scheme = end < 0 ? "" : uri.substring(0, end).toLowerCase(Locale.ROOT);
        return scheme.matches("[a-z][a-z0-9+-]*") && !LocalSchemes.sendsNothing(scheme);
    }

    private static <T> T within(Processor target, Class<T> type) {
        Object step = target;
        while (step != null && !type.isInstance(step)) {
            List<?> inner = step instanceof Navigate<?> around && around.hasNext() ? around.next() : List.of();
            step = inner.isEmpty() ? null : inner.get(0);
        }
        return type.cast(step);
    }

    private final class Step extends DelegateAsyncProcessor {
        private final StepKind kind;
        private final boolean fansOut;

        Step(StepKind kind, boolean fansOut, Processor target) {
            super(target);
            this.kind = kind;
            this.fansOut = fansOut;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            OnlyTarget only = used ? OnlyTarget.of(exchange) : null;
            return only == null ? super.process(exchange, callback) : process(exchange, only, callback);
        }

        private boolean process(Exchange exchange, OnlyTarget only, AsyncCallback callback) {
            Position position = position(exchange, only);
            if (!kind.runs(position, only.dry())) {
                callback.done(true);
                return true;
            }
            if (kind == StepKind.TARGET_ENDS && position == Position.AT_WANTED && exchange.getException() == null) {
                only.accept();
                exchange.setProperty(OnlyTarget.PASSED, true);
            }
            return super.process(exchange, doneSync -> {
                done(exchange, only, position);
                callback.done(doneSync);
            });
        }

        private void done(Exchange exchange, OnlyTarget only, Position before) {
            if (fansOut && before != Position.BEHIND) {
                // what follows a multicast has been done, whatever became of its branches
                exchange.removeProperty(OnlyTarget.PASSED);
            }
            Exception thrown = exchange.getException();
            if (thrown == null) {
                if (only.everyTarget() && (kind == StepKind.TARGET_ENDS || kind == StepKind.SEND || kind == StepKind.OUTSIDE_STEP)) {
                    only.accept();
                }
                return;
            }
            boolean caught = exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, false, boolean.class);
            if (!caught || before == Position.AT_WANTED) {
                only.fail(thrown, before == Position.AT_WANTED || before == Position.BEHIND);
            }
            if (caught) {
                return; // by the route's own doCatch
            }
            exchange.setException(null);
            exchange.setRouteStop(true);
            exchange.removeProperty(FailureTracker.TARGET); // as a dead letter channel's tracker would
        }

        private static Position position(Exchange exchange, OnlyTarget only) {
            if (only.everyTarget() || exchange.getProperty(OnlyTarget.PASSED) != null) {
                return Position.BEHIND;
            }
            Object at = exchange.getProperty(FailureTracker.TARGET);
            return at == null ? Position.AT_NONE : only.is(at.toString()) ? Position.AT_WANTED : Position.AT_ANOTHER;
        }
    }
}
