package io.distributary;

import io.distributary.ddbstream.DdbStreamComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

/**
 * Puts our components behind Camel's own scheme names: found by ServiceLoader, so the jar on the class path is all that
 * an application has to do. Runs before {@code camel.component.*} properties are bound.
 */
public final class StockSchemes implements ContextServicePlugin {
    @Override
    public void load(CamelContext context) {
        context.getRegistry().bind("aws2-ddbstream", new DdbStreamComponent());
    }
}
