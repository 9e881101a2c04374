package io.distributary.errors;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Makes an {@link Error} that a step throws the exchange's failure, so that the route's error handling has it. Camel 4.17.0 catches
 * exceptions only: after a synchronous step ({@code DelegateSyncProcessor}) it goes on with the next one as if this one had done its
 * work, and after any other the exchange is never completed. Thread-safe.
 */
public final class ErrorsAsFailures implements InterceptStrategy {
    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new Guarded(target);
    }

    private static final class Guarded extends DelegateAsyncProcessor {
        Guarded(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Call call = new Call(callback);
            boolean sync;
            try {
                sync = super.process(exchange, call);
            } catch (Error e) {
                OutOfMemory.check(e);
                call.failed(exchange, e);
                return true;
            }
            call.returned();
            return sync;
        }
    }

    /**
     * Holds back what the step says on its own thread until the step has returned: it may yet throw. Its value: whether the step is done
     * with the exchange, by itself or by an Error.
     */
    private static final class Call extends AtomicBoolean implements AsyncCallback {
        private static final long serialVersionUID = 1L;

        private final transient AsyncCallback callback;
        private final transient Thread caller = Thread.currentThread();
        // of the caller's thread alone
        private boolean returned;
        private boolean heldBack;
        private boolean doneSync;

        Call(AsyncCallback callback) {
            this.callback = callback;
        }

        @Override
        public void done(boolean sync) {
            if (Thread.currentThread() == caller && !returned) {
                heldBack = true;
                doneSync = sync;
            } else if (compareAndSet(false, true)) {
                callback.done(sync);
            }
        }

        void returned() {
            returned = true;
            if (heldBack && compareAndSet(false, true)) {
                callback.done(doneSync);
            }
        }

        void failed(Exchange exchange, Error error) {
            returned = true;
            if (compareAndSet(false, true)) {
                exchange.setException(error);
                callback.done(true);
            }
        }
    }
}
