package io.distributary.preview;

import java.util.List;

import org.apache.camel.Exchange;

/** A processor that acts on something outside the process: a dry run asks it what it would do in place of running it. */
public interface OutsideStep {
    /**
     * What it would do; connects to nothing and writes nothing.
     *
     * @throws Exception where it would fail by itself
     */
    List<Draft> drafts(Exchange exchange) throws Exception;

    /** Whether what the exchange carries goes out by it; not where it only prepares a target. */
    default boolean sends() {
        return true;
    }
}
