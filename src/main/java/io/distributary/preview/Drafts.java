package io.distributary.preview;

import java.util.List;

import io.distributary.coalesce.Part;

/** Makes what a producer would send for a part of an exchange, as that producer makes it, but connects to nothing. Thread-safe. */
@FunctionalInterface
public interface Drafts {
    /** @throws Exception where the producer would fail before it sends: its own exception */
    List<Draft> of(Part part) throws Exception;
}
